import { CORE_VERSION, type DependencyHealth, type Health, PROTOCOL_VERSION } from "@flagship/core";
import { useFormats } from "../i18n/formats.ts";
import { useT } from "../i18n/messages.ts";
import { REACT_VERSION } from "../version.ts";

/** How the service is, and what it rests on; which versions talk to each other. */
export function ServiceHealth({ health }: { health: Health | null | undefined }) {
  const t = useT();
  const formats = useFormats();
  if (health === undefined) return <p className="flagship-hint">{t("state.looking")}</p>;
  const part = ({ ok, latencyMs }: DependencyHealth) =>
    ok ? t("status.ms", { time: formats.number(latencyMs) }) : t("status.health.down");
  const versions = [
    ...(health ? [[t("status.version.service"), health.version] as const] : []),
    [t("status.version.protocol"), PROTOCOL_VERSION],
    [t("status.version.package", { package: "@flagship/core" }), CORE_VERSION],
    [t("status.version.package", { package: "@flagship/react" }), REACT_VERSION],
  ] as const;
  return (
    <>
      <p>{t(`status.health.${health?.status ?? "silent"}`)}</p>
      <ul className="flagship-status-values">
        {health && (
          <>
            <li>
              <span>{t("status.health.database")}</span>
              <strong>{part(health.database)}</strong>
            </li>
            <li>
              <span>{t("status.health.session")}</span>
              <strong>{part(health.sessionObject)}</strong>
            </li>
          </>
        )}
        {versions.map(([name, version]) => (
          <li key={name}>
            <span>{name}</span>
            <strong>{version}</strong>
          </li>
        ))}
      </ul>
    </>
  );
}
