// As much of SVG as the plots need.

export const PANEL = { width: 460, gap: 24 };

const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

const round = (value: number) => Number(value.toFixed(1));

export function text(x: number, y: number, content: string, more = ""): string {
  return `<text x="${round(x)}" y="${round(y)}" ${more}>${escaped(content)}</text>`;
}

export function line(from: [number, number], to: [number, number], more: string): string {
  const [x1, y1, x2, y2] = [...from, ...to].map(round);
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${more}/>`;
}

export function bar(x: number, y: number, width: number, height: number, colour: string): string {
  const [left, top, wide, high] = [x, y, width, height].map(round);
  return `<rect x="${left}" y="${top}" width="${wide}" height="${high}" fill="${colour}"/>`;
}

export function curve(points: readonly [number, number][], colour: string): string {
  const path = points.map((point) => point.map(round).join(",")).join(" ");
  const dots = points.map(
    ([x, y]) => `<circle cx="${round(x)}" cy="${round(y)}" r="2.6" fill="${colour}"/>`,
  );
  const stroke = `fill="none" stroke="${colour}" stroke-width="1.6"`;
  return `<polyline points="${path}" ${stroke}/>${dots.join("")}`;
}

const COLUMNS = 2;

/** Panels beside and below one another, under one heading. Each is drawn from its own origin. */
export function page(title: string, note: string, panels: readonly string[], height: number) {
  const step = PANEL.width + PANEL.gap;
  const width = COLUMNS * step + PANEL.gap;
  const rows = Math.ceil(panels.length / COLUMNS);
  const placed = panels.map((panel, n) => {
    const [x, y] = [
      PANEL.gap + (n % COLUMNS) * step,
      64 + Math.floor(n / COLUMNS) * (height + PANEL.gap),
    ];
    return `<g transform="translate(${x} ${y})">${panel}</g>`;
  });
  const all = 64 + rows * (height + PANEL.gap);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${all}" width="${width}" height="${all}" font-family="system-ui, sans-serif" font-size="12" fill="#1f2328">
<rect width="100%" height="100%" fill="#ffffff"/>
${text(PANEL.gap, 26, title, 'font-size="16" font-weight="600"')}
${text(PANEL.gap, 44, note, 'fill="#59636e"')}
${placed.join("\n")}
</svg>
`;
}
