"""What a page is asked in a browser: by axe, by the Tab key, and by a narrow window. Each answer is a list of complaints."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT

# `preload` would fetch and re-insert the style sheets, against the content security policy that we watch at the same time. A complaint
# names its element by its HTML: a selector for each element of the page, which is two fifths of the work, nobody reads.
ALL_RULES = {"preload": False, "resultTypes": ["violations"], "selectors": False}
CONTRAST = ALL_RULES | {"runOnly": {"type": "rule", "values": ["color-contrast"]}}

RUN = """([within, options]) => axe.run(document.querySelector(within || "html") || document, options).then((results) => results.violations)"""

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  const ringed = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  const label = (element.getAttribute("aria-label") || element.innerText || element.name || element.id || "").trim().replace(/\\s+/g, " ");
  element.dataset.tabStop ||= String(document.querySelectorAll("[data-tab-stop]").length + 1);
  return {stop: element.dataset.tabStop, name: `${element.tagName.toLowerCase()} ${label.slice(0, 60)}`.trim(), ringed,
          seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
}"""
# What a keyboard must be able to reach: shown, enabled, and one of each group of radio buttons.
REACHABLE = """() => {
  const groups = new Set();
  return [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0'], [contenteditable='true']")]
    .filter((element) => element.checkVisibility({visibilityProperty: true}) && !element.disabled && element.type !== "hidden" && element.tabIndex >= 0)
    .filter((element) => element.type !== "radio" || (!groups.has(element.name) && groups.add(element.name))).length;
}"""
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return [];
  const spills = (element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX === "visible";
  const wide = [...document.body.querySelectorAll("*")].filter((element) => element.getBoundingClientRect().right > room + 1 || spills(element))
    .filter((element) => !element.parentElement.closest(".table-scroll, .figure__drawing, pre"));
  const last = wide.filter((element) => !wide.some((other) => other !== element && element.contains(other)));
  return last.map((element) => `scrolls sideways: ${element.outerHTML.slice(0, 120)}`);
}"""

# Text that a box cuts off. The name in the header may be: the foot of each page says it in full.
CLIPPED = """() => [...document.body.querySelectorAll("*")]
  .filter((element) => getComputedStyle(element).overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1)
  .filter((element) => !element.closest(".brand__name, .visually-hidden, .avatar, textarea"))
  .map((element) => `cut off: ${element.outerHTML.slice(0, 120)}`)"""


def settled(page) -> None:
    """Wait until the page stands whole and the last change of window or colours is drawn."""
    page.wait_for_load_state()
    page.evaluate("""() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))
      .then(() => Promise.all(document.getAnimations()
        .filter((change) => change.effect.getComputedTiming().endTime !== Infinity)
        .map((change) => change.finished.catch(() => null))))""")


def axe(page, options=ALL_RULES, within: str = "") -> list[str]:
    """Each violation with its rule and the elements concerned. A page that has the script already is not given it again."""
    settled(page)
    if not page.evaluate("() => 'axe' in window"):
        page.add_init_script(AXE_SCRIPT)  # the pages after this one have it at hand
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(RUN, [within, options])
    return [f"{rule['id']}: {node['html'][:160]} {_measured(node)}" for rule in found for node in rule["nodes"]]


def contrast(page, scheme: str, own: str = "main") -> list[str]:
    """Colours that are hard to read: of what stands around all pages once a window and scheme, of what is a page's own (`own`) always."""
    page.emulate_media(color_scheme=scheme)
    judged = page.__dict__.setdefault("judged_around", set())
    found = axe(page, CONTRAST, own if scheme in judged else "")
    judged.add(scheme)
    return [f"{scheme}: {complaint}" for complaint in found]


def _measured(node) -> str:
    data = next((check["data"] for check in node["any"] if isinstance(check.get("data"), dict)), {})
    return f"({data['contrastRatio']} of {data.get('fgColor')} on {data.get('bgColor')})" if "contrastRatio" in data else ""


def sideways(page) -> list[str]:
    """What makes the page scroll sideways in its present window."""
    settled(page)
    return page.evaluate(SIDEWAYS)


def tab_walk(page, most: int = 200) -> tuple[list[str], list[str]]:
    """Press Tab through the whole page: the stops in order, and complaints about focus that cannot be seen, is lost or is trapped."""
    stops, complaints, seen = [], [], set()
    wanted = page.evaluate(REACHABLE)
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None or (stop["stop"] in seen and stop["stop"] == "1"):
            break
        if stop["stop"] in seen:
            complaints.append(f"trapped at {stop['name']}")
            break
        seen.add(stop["stop"])
        stops.append(stop["name"])
        complaints += [f"no ring on {stop['name']}"] * (not stop["ringed"]) + [f"focus out of sight: {stop['name']}"] * (
            not stop["seen"]
        )
    if len(stops) < wanted:
        complaints.append(f"{len(stops)} stops for {wanted} controls: {stops}")
    return stops, complaints
