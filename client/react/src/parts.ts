// What the manager is made of, for pages that arrange it in a way of their own.

export { useHelpQueue } from "./help/use-help.ts";
export { type Catalog, defineCatalog, type Translation } from "./i18n/catalog.ts";
export { type Formats, useFormats } from "./i18n/formats.ts";
export { isLanguage, LANGUAGES, type Language, languageFrom } from "./i18n/languages.ts";
export { type Locale, useLocale } from "./i18n/locale-context.ts";
export { LocaleProvider } from "./i18n/locale-provider.tsx";
export { type MessageKey, useT } from "./i18n/messages.ts";
export { SessionWorkspace } from "./manager/session-workspace.tsx";
export { ConnectionBadge } from "./session/connection-badge.tsx";
export { SessionProvider, useSession, useSessionState } from "./session/context.tsx";
export { Stopped } from "./session/stopped.tsx";
export { Checkbox } from "./shared/checkbox.tsx";
export { Dialog } from "./shared/dialog.tsx";
export { DialogButton } from "./shared/dialog-button.tsx";
export { errorText } from "./shared/error-text.ts";
export { Field } from "./shared/field.tsx";
export { NoticesProvider, useNotify } from "./shared/notices.tsx";
export { Select } from "./shared/select.tsx";
export { strong } from "./shared/unseen.tsx";
export { useAction } from "./shared/use-action.ts";
export { StatusButton } from "./status/status-button.tsx";
