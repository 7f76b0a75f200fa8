import { z } from "zod";
import { endpoint } from "../../endpoint.ts";
import { newPassword, userFields } from "../users/schemas.ts";
import { currentPassword, profileSchema, showProfile } from "./schemas.ts";

export const readProfile = endpoint({
  method: "GET",
  path: "/api/v1/profile",
  summary: "Who the caller is, and what the caller may do",
  tags: ["Profile"],
  permission: "signed-in",
  responses: { 200: { description: "The caller", schema: profileSchema } },
  errors: ["not-found"],
  async handle({ principal, services }) {
    return { status: 200, body: showProfile(await services.profiles.read(principal)) };
  },
});

export const updateProfile = endpoint({
  method: "PATCH",
  path: "/api/v1/profile",
  summary: "Change one's own name, language or theme",
  tags: ["Profile"],
  permission: "session",
  body: z.strictObject({
    name: userFields.name,
    language: userFields.language,
    theme: userFields.theme,
  }).partial(),
  example: { language: "es", theme: "dark" },
  responses: { 200: { description: "The caller as it is now", schema: profileSchema } },
  errors: ["not-found"],
  async handle({ body, ip, principal, services }) {
    const profile = await services.profiles.update({ ip, principal }, body);
    return { status: 200, body: showProfile(profile) };
  },
});

export const changePassword = endpoint({
  method: "POST",
  path: "/api/v1/profile/password",
  summary: "Change one's own password",
  description: "Ends all other sessions.",
  tags: ["Profile"],
  permission: "session",
  body: z.strictObject({ current_password: currentPassword, new_password: newPassword }),
  example: { current_password: "correct horse", new_password: "correct horse battery staple" },
  responses: { 204: { description: "Changed" } },
  errors: ["not-found", "rate-limited"],
  async handle({ body, ip, principal, services }) {
    await services.profiles.changePassword({ ip, principal }, {
      current: body.current_password,
      next: body.new_password,
    });
    return { status: 204 };
  },
});
