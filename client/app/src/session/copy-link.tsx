import { useNotify, useSession } from "@flagship/react/parts";
import { sessionPath } from "../shared/router.ts";

/** Copies the link that brings others into this session. */
export function CopyLink() {
  const { id } = useSession();
  const notify = useNotify();
  const link = location.origin + sessionPath(id);

  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      notify("info", "The link is copied. Send it to whoever should come.");
    } catch {
      notify("error", `The browser does not let this page copy. The link: ${link}`);
    }
  };

  return (
    <button type="button" onClick={() => void copy()}>
      Copy link
    </button>
  );
}
