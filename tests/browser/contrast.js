// Every text that is shown, with its contrast to what stands behind it, by the formula of WCAG 2.
() => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const colour = rgba(getComputedStyle(one).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return rgba("Canvas");
  };
  const told = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim();
    const element = walker.currentNode.parentElement;
    // Emoji have colours of their own.
    if (!/[\p{L}\p{N}]/u.test(text) || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) || element.closest(":disabled")) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(rgba(element.closest("svg") ? style.fill : style.color)), light(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const key = `${element.className.baseVal ?? element.className} ${contrast.toFixed(2)}`;
    if (!told.has(key)) told.set(key, { text: text.slice(0, 40), element: element.outerHTML.slice(0, 120), contrast });
  }
  return [...told.values()];
}
