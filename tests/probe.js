// What is wrong with the open page, in words: its width, fonts, links and contrast.
(async () => {
  const faults = [];
  const root = document.documentElement;

  if (root.scrollWidth > root.clientWidth) {
    const ends = (element) => Math.round(element.getBoundingClientRect().right);
    const [widest] = [...document.querySelectorAll("body *")].sort((a, b) => ends(b) - ends(a));
    const where = `${widest.tagName} ends at ${ends(widest)} of ${root.clientWidth}`;
    faults.push(`is wider than the window: ${where}`);
  }

  if (!document.fonts.size) faults.push("brings no fonts");
  for (const font of document.fonts) {
    await font.load().catch(() => {});
    if (font.status !== "loaded") {
      faults.push(`can't load ${font.family} ${font.weight} ${font.style}`);
    }
  }

  for (const link of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(decodeURIComponent(link.hash.slice(1)))) {
      faults.push(`links to ${link.getAttribute("href")}, which is not there`);
    }
  }

  // WCAG 2.2, 1.4.3: 4.5 to 1; text inside charts is left out.
  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const luminance = (colour) => {
    const [r, g, b] = parts(colour).map((part) =>
      part <= 10.31 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let each = element; each; each = each.parentElement) {
      const colour = getComputedStyle(each).backgroundColor;
      if (parts(colour)[3] !== 0) return colour;
    }
    return "rgb(255, 255, 255)";
  };
  for (const element of document.querySelectorAll("body *:not(svg *, style, script)")) {
    const own = [...element.childNodes].find((node) => node.nodeType === 3 && node.data.trim());
    if (!own || !element.getClientRects().length) continue;
    const pair = [getComputedStyle(element).color, behind(element)].map(luminance);
    const ratio = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
    if (ratio < 4.5) {
      faults.push(`has contrast ${ratio.toFixed(1)} at ${element.tagName}: ${own.data.trim()}`);
    }
  }
  return faults;
})()
