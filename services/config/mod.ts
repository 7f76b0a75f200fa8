/**
 * Configuration, read once from the environment into a typed, cloneable `Config`. No other file
 * reads the environment.
 * @module
 */
export {
  type Config,
  ConfigError,
  loadConfig,
  type Part,
  type Role,
  ROLES,
  type Variable,
  variables,
} from "./config.ts";
