/**
 * What the page of a user does.
 * @module
 */
import type { Context } from "fresh";
import { HttpError } from "fresh";
import { grantableRoles, type Principal, type User } from "../../../services/auth/mod.ts";
import { type Faults, fieldOf, isFaulty, passwordFault } from "../../forms.ts";
import { wordsOf } from "../../page.ts";
import type { State } from "../../state.ts";
import {
  choicesOf,
  fieldFaults,
  refusedFields,
  type UserFields,
  userFieldsOf,
} from "./user_form.ts";

/** What is said afterwards. */
export const DONE = ["created", "saved", "password", "disabled", "enabled", "reset"] as const;
export type Done = typeof DONE[number];

/** What came of it: done, or the fields again with what is wrong. */
export type Outcome =
  | { readonly done: Done }
  | { readonly fields: UserFields; readonly faults: Faults };

/** The fields of a user as stored. */
export function storedFields({ accountId, email, language, name, role }: User): UserFields {
  return { accountId, email, language, name, role };
}

/** Whether the caller may change the user: see `grantableRoles`. */
export function mayChange(principal: Principal, user: User): boolean {
  return grantableRoles(principal.role).includes(user.role);
}

async function save(
  ctx: Context<State>,
  principal: Principal,
  user: User,
  form: FormData,
): Promise<Outcome> {
  const t = wordsOf(ctx);
  const own = user.id === principal.userId;
  const typed = userFieldsOf(form);
  // One's own role is not asked for, so it stays.
  const fields = own ? { ...typed, role: user.role } : typed;
  const choices = choicesOf(fields);
  const faults = {
    ...fieldFaults(t, fields),
    ...(choices === null ? { role: t("form.choose") } : {}),
  };
  if (isFaulty(faults) || choices === null) return { fields, faults };
  const { email, name } = fields;
  try {
    const by = { ip: ctx.state.ip, principal };
    await ctx.state.services.users.update(by, user.id, { ...choices, email, name });
    return { done: "saved" };
  } catch (error) {
    return { fields, faults: refusedFields(t, error, fields, user.email) };
  }
}

/** Does what the form asks for. */
export async function act(
  ctx: Context<State>,
  principal: Principal,
  user: User,
  form: FormData,
): Promise<Outcome> {
  const { ip, services: { users } } = ctx.state;
  const by = { ip, principal };
  const t = wordsOf(ctx);
  switch (fieldOf(form, "act")) {
    case "save":
      return await save(ctx, principal, user, form);
    case "password": {
      const password = fieldOf(form, "password");
      const fault = passwordFault(t, t("users.passwordTitle"), password);
      if (fault !== null) return { fields: storedFields(user), faults: { password: fault } };
      await users.setPassword(by, user.id, password);
      return { done: "password" };
    }
    case "disable":
    case "enable": {
      const status = fieldOf(form, "act") === "disable" ? "disabled" : "active";
      try {
        await users.update(by, user.id, { status });
      } catch (error) {
        const fields = storedFields(user);
        return { fields, faults: refusedFields(t, error, fields, user.email) };
      }
      return { done: status === "disabled" ? "disabled" : "enabled" };
    }
    case "reset":
      await users.resetSecondFactor(by, user.id);
      return { done: "reset" };
    default:
      throw new HttpError(400);
  }
}
