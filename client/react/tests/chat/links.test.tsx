import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { withLinks } from "../../src/chat/links.tsx";

const html = (text: string) => renderToStaticMarkup(<p>{withLinks(text)}</p>);

describe("links in a message", () => {
  it("lead to web and mail addresses, beside the session", () => {
    expect(html("See https://example.com/a?b=1&c=2.")).toBe(
      '<p>See <a href="https://example.com/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer nofollow">https://example.com/a?b=1&amp;c=2</a>.</p>',
    );
    expect(html("example.com")).toContain('href="https://example.com"');
    expect(html("ada@example.com")).toContain('href="mailto:ada@example.com"');
  });

  it.each([
    "javascript:alert(1)",
    "JaVaScRiPt://example.com/%0aalert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
  ])("never lead to %s", (text) => {
    const scheme = text.slice(0, text.indexOf(":"));
    expect(html(text)).not.toMatch(new RegExp(`href="${scheme}`, "i"));
  });

  it("leave the text what it is, and never HTML", () => {
    expect(html("<b>bold</b> a.b <img src=x onerror=alert(1)>")).toBe(
      "<p>&lt;b&gt;bold&lt;/b&gt; a.b &lt;img src=x onerror=alert(1)&gt;</p>",
    );
    expect(html("1. First: yes.\n2. Second: no…")).toBe("<p>1. First: yes.\n2. Second: no…</p>");
  });
});
