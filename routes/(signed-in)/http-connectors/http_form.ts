/**
 * The form of an HTTP connector: what was typed, and what is wrong with it.
 * @module
 */
import { cidFault, HttpConnector } from "../../../services/gateway/mod.ts";
import type { T } from "../../../services/i18n/mod.ts";
import { faultWords } from "../../../components/connector/form.ts";
import { type Faults, faultsOf, fieldOf } from "../../forms.ts";

/** What the form holds. */
export interface HttpForm {
  readonly cid: string;
  readonly url: string;
  readonly method: "GET" | "POST";
}

export const NEW_HTTP: HttpForm = { cid: "", url: "", method: "POST" };

/** Reads what was posted. */
export function readHttpForm(form: FormData): HttpForm {
  return {
    cid: fieldOf(form, "cid").trim().slice(0, 200),
    url: fieldOf(form, "url").trim().slice(0, 2_000),
    method: fieldOf(form, "method") === "GET" ? "GET" : "POST",
  };
}

/** What is wrong, by field. */
export function httpFaults(t: T, { cid, url }: HttpForm): Faults {
  const id = cidFault(cid);
  return faultsOf({
    cid: id === null ? null : faultWords(t, id, cid),
    url: url === ""
      ? t("connectorForm.faultRequired")
      : HttpConnector.shape.url.safeParse(url).success
      ? null
      : t("httpConnectors.urlWrong"),
  });
}
