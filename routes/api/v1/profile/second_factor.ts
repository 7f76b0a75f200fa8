import { z } from "zod";
import { qrCode } from "../../../../services/auth/mod.ts";
import { endpoint } from "../../endpoint.ts";
import { timestamp } from "../../fields.ts";
import { codeSchema, currentPassword, recoveryCodesSchema } from "./schemas.ts";

const proof = z.strictObject({ password: currentPassword, code: codeSchema });
const proofExample = { password: "correct horse battery staple", code: "123456" };

export const readSecondFactor = endpoint({
  method: "GET",
  path: "/api/v1/profile/second-factor",
  summary: "Whether one's own sign-in asks for a code",
  tags: ["Profile"],
  permission: "session",
  responses: {
    200: {
      description: "The second factor",
      schema: z.strictObject({
        enabled: z.boolean(),
        enabled_at: timestamp.nullable(),
        recovery_codes_left: z.int(),
      }).meta({ id: "SecondFactor" }),
    },
  },
  errors: ["not-found"],
  async handle({ principal, services }) {
    const { enabledAt, recoveryCodesLeft } = await services.secondFactor.status(principal);
    return {
      status: 200,
      body: {
        enabled: enabledAt !== null,
        enabled_at: enabledAt?.toISOString() ?? null,
        recovery_codes_left: recoveryCodesLeft,
      },
    };
  },
});

export const enrolSecondFactor = endpoint({
  method: "POST",
  path: "/api/v1/profile/second-factor",
  summary: "Begin with a second factor",
  description: "Nothing is asked for at sign-in until a code has confirmed it.",
  tags: ["Profile"],
  permission: "session",
  body: z.strictObject({ password: currentPassword }),
  example: { password: "correct horse battery staple" },
  responses: {
    200: {
      description: "What the authenticator app needs; shown this once",
      schema: z.strictObject({
        secret: z.string().meta({ description: "Base32, to type in" }),
        otpauth_uri: z.string().meta({ description: "What the QR code holds" }),
        qr: z.strictObject({
          size: z.int().meta({ description: "Modules a side, without the quiet zone of 4" }),
          path: z.string().meta({ description: "The d of one SVG path, a unit each module" }),
        }),
      }).meta({ id: "SecondFactorSecret" }),
    },
  },
  errors: ["not-found", "conflict", "rate-limited"],
  async handle({ body, ip, principal, services }) {
    const { secret, uri } = await services.secondFactor.enrol({ ip, principal }, body.password);
    return { status: 200, body: { secret, otpauth_uri: uri, qr: qrCode(uri) } };
  },
});

export const confirmSecondFactor = endpoint({
  method: "POST",
  path: "/api/v1/profile/second-factor/confirm",
  summary: "Confirm the second factor by a code of the app",
  description: "From now on signing in asks for a code.",
  tags: ["Profile"],
  permission: "session",
  body: z.strictObject({ code: codeSchema }),
  example: { code: "123456" },
  responses: { 200: { description: "Confirmed", schema: recoveryCodesSchema } },
  errors: ["not-found", "conflict", "rate-limited"],
  async handle({ body, ip, principal, services }) {
    const codes = await services.secondFactor.confirm({ ip, principal }, body.code);
    return { status: 200, body: { recovery_codes: codes } };
  },
});

export const renewRecoveryCodes = endpoint({
  method: "POST",
  path: "/api/v1/profile/second-factor/recovery-codes",
  summary: "Replace one's recovery codes",
  tags: ["Profile"],
  permission: "session",
  body: proof,
  example: proofExample,
  responses: { 200: { description: "The new ones", schema: recoveryCodesSchema } },
  errors: ["not-found", "conflict", "rate-limited"],
  async handle({ body, ip, principal, services }) {
    const codes = await services.secondFactor.renewRecoveryCodes({ ip, principal }, body);
    return { status: 200, body: { recovery_codes: codes } };
  },
});

export const disableSecondFactor = endpoint({
  method: "POST",
  path: "/api/v1/profile/second-factor/disable",
  summary: "Sign in by the password alone again",
  tags: ["Profile"],
  permission: "session",
  body: proof,
  example: proofExample,
  responses: { 204: { description: "Disabled" } },
  errors: ["not-found", "conflict", "rate-limited"],
  async handle({ body, ip, principal, services }) {
    await services.secondFactor.disable({ ip, principal }, body);
    return { status: 204 };
  },
});
