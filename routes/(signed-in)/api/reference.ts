/**
 * The OpenAPI document as the reference page reads it: one request after the other.
 * @module
 */
import { openApiDocument } from "../../api/openapi.ts";
import { ENDPOINTS } from "../../api/v1/mod.ts";

/** A value that is sent or answered. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly meaning: string;
}

/** A value in the path, the query or a header. */
export interface Parameter extends Field {
  readonly in: "path" | "query" | "header";
}

export interface Reply {
  readonly status: string;
  readonly meaning: string;
  readonly fields: readonly Field[];
}

/** One method of one path. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  readonly description: string | null;
  readonly tag: string;
  /** `public`, `signed-in`, `session`, or a permission. */
  readonly access: string;
  readonly parameters: readonly Parameter[];
  /** Null without a body. */
  readonly body: { readonly fields: readonly Field[]; readonly example: string } | null;
  readonly replies: readonly Reply[];
}

/** The parts of JSON Schema 2020-12 that the document uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly description?: string;
}

interface Media {
  readonly content?: Readonly<
    Record<string, { readonly schema?: Schema; readonly example?: unknown }>
  >;
}

interface RawOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly tags: readonly string[];
  readonly "x-permission": string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: Parameter["in"];
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: Media;
  readonly responses: Readonly<Record<string, Media & { $ref?: string; description?: string }>>;
}

interface Raw {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Readonly<Record<string, { readonly description: string }>>;
  };
}

let read: readonly Operation[] | undefined;

/** Every request, in the order of the document. */
export function operations(): readonly Operation[] {
  return read ??= readOperations();
}

function readOperations(): Operation[] {
  const document = openApiDocument(ENDPOINTS, { version: "", publicUrl: "http://localhost" });
  // The document is our own; its generator's types leave out what it holds, such as x-permission.
  const raw: Raw = JSON.parse(JSON.stringify(document));
  const found = Object.entries(raw.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, each]) => operationOf(raw, path, method, each))
  );
  return found.toSorted((left, right) => left.tag.localeCompare(right.tag, "en"));
}

function operationOf(raw: Raw, path: string, method: string, each: RawOperation): Operation {
  const media = each.requestBody?.content?.["application/json"];
  return {
    id: each.operationId,
    method: method.toUpperCase(),
    path,
    summary: each.summary,
    description: each.description ?? null,
    tag: each.tags[0] ?? "",
    access: each["x-permission"],
    parameters: (each.parameters ?? []).map((parameter) => ({
      name: parameter.name,
      in: parameter.in,
      type: typeOf(parameter.schema ?? {}),
      required: parameter.required ?? false,
      meaning: parameter.description ?? parameter.schema?.description ?? "",
    })),
    body: media === undefined ? null : {
      fields: fieldsOf(raw, media.schema ?? {}),
      example: JSON.stringify(media.example ?? {}, null, 2),
    },
    replies: Object.entries(each.responses).map(([status, reply]) => {
      const shared = raw.components.responses[nameOf(reply.$ref ?? "")];
      const schema = reply.content?.["application/json"]?.schema;
      return {
        status,
        meaning: shared?.description ?? reply.description ?? "",
        fields: schema === undefined ? [] : fieldsOf(raw, schema),
      };
    }),
  };
}

const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

/** What a schema is in one line: `string (uuid)`, `"a" | "b"`, `User[]`, `integer | null`. */
function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((each) => JSON.stringify(each)).join(" | ");
  const any = schema.anyOf ?? schema.oneOf;
  if (any !== undefined) return [...new Set(any.map(typeOf))].join(" | ");
  if (schema.items !== undefined) return `${typeOf(schema.items)}[]`;
  const types = [schema.type ?? "any"].flat().join(" | ");
  return schema.format === undefined ? types : `${types} (${schema.format})`;
}

function fieldsOf(raw: Raw, schema: Schema): Field[] {
  if (schema.$ref !== undefined) {
    return fieldsOf(raw, raw.components.schemas[nameOf(schema.$ref)] ?? {});
  }
  const own = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    type: typeOf(property),
    required: schema.required?.includes(name) ?? false,
    meaning: property.description ?? "",
  }));
  return [...(schema.allOf ?? []).flatMap((part) => fieldsOf(raw, part)), ...own];
}
