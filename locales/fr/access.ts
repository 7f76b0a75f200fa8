import type * as en from "../en/access.ts";
import type { Like } from "../../services/i18n/phrase.ts";

export const apiKeys: Like<typeof en.apiKeys> = {
  title: "Clés d’API",
  make: "Créer une clé d’API",
  name: "Nom",
  nameHint: "Quel programme l’utilise",
  scopes: "Droits",
  scopesHint: "Ce que le programme peut faire ; jamais plus que vous",
  expires: "Expire",
  expiresNever: "jamais",
  expired: "Expirée",
  in30Days: "dans 30 jours",
  in90Days: "dans 90 jours",
  inYear: "dans un an",
  prefix: "Clé",
  created: "Créée",
  lastUsed: "Dernière utilisation",
  neverUsed: "jamais utilisée",
  once:
    "Cette clé n’est affichée qu’une fois. Copiez-la maintenant ; nous ne gardons que son empreinte.",
  copyKey: "Copier la clé",
  revoke: "Révoquer",
  revokeTitle: "Révoquer {name} ?",
  revokeEffect: "Les programmes qui l’utilisent sont refusés aussitôt.",
  revokeUsed: "Utilisée la dernière fois {when}.",
  revokedToast: "{name} est révoquée",
  state: "État",
  active: "Active",
  revoked: "Révoquée",
};

export const audit: Like<typeof en.audit> = {
  title: "Journal d’audit",
  time: "Heure",
  who: "Qui",
  action: "Action",
  subject: "Objet",
  from: "D’où",
  before: "Avant",
  after: "Après",
  changes: "Changements",
  find: "Personne, action ou objet",
  system: "le système",
  commandLine: "la ligne de commande",
  erased: "effacé",
  chainWhole: "La chaîne est entière : {count} entrées vérifiées à {time}",
  chainBroken: "La chaîne est rompue à l’entrée {seq}",
  verify: "Vérifier la chaîne",
  entry: "Entrée {seq}",
  hash: "Empreinte",
  noChange: "rien n’a changé",
};

export const apiDocs: Like<typeof en.apiDocs> = {
  title: "Référence de l’API",
  intro:
    "Tout ce que font ces pages, un programme peut le faire. Essayez ici chaque requête avec votre propre jeton.",
  token: "Jeton",
  useMine: "Utiliser ma session",
  openapi: "OpenAPI 3.1",
  tryIt: "Essayer",
  request: "Requête",
  response: "Réponse",
  needs: "Demande {permission}",
  noPermission: "Votre rôle ne peut pas appeler ceci",
  answeredIn: "{status} en {span}",
};
