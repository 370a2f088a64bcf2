import { Checkbox, Dialog, LANGUAGES, Select, useNotify } from "@flagship/react/parts";
import { useAppT } from "../i18n/messages.ts";
import { chosenLanguage, prefer, type Theme, usePreferences } from "./preferences.ts";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Each language by its own name. */
const NAMES = Object.entries(LANGUAGES).map(
  ([language, { name }]) => [language as keyof typeof LANGUAGES, name] as const,
);

/** What a person chooses for this browser. Each choice shows at once. */
export function SettingsDialog({ onClose }: { onClose: () => void }) {
  const t = useAppT();
  const notify = useNotify();
  const chosen = usePreferences();

  const chooseDesktop = async (isWanted: boolean) => {
    const isAllowed = isWanted && (await Notification.requestPermission()) === "granted";
    if (isWanted && !isAllowed) notify("error", t("settings.desktopRefused"));
    prefer({ desktop: isAllowed });
  };

  return (
    <Dialog title={t("settings.name")} description={t("settings.about")} onClose={onClose}>
      <Select
        label={t("settings.language")}
        value={chosenLanguage(chosen)}
        options={NAMES}
        onChange={(language) => prefer({ language })}
      />
      <Select
        label={t("settings.theme")}
        value={chosen.theme}
        options={THEMES.map((theme) => [theme, t(`settings.theme.${theme}`)] as const)}
        onChange={(theme) => prefer({ theme })}
      />
      <fieldset className="flagship-choices">
        <legend>{t("settings.alerts")}</legend>
        <Checkbox
          label={t("settings.sound")}
          isChecked={chosen.sound}
          onChange={(sound) => prefer({ sound })}
        />
        {"Notification" in window && (
          <Checkbox
            label={t("settings.desktop")}
            isChecked={chosen.desktop && Notification.permission === "granted"}
            onChange={chooseDesktop}
          />
        )}
      </fieldset>
    </Dialog>
  );
}
