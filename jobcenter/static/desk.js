// The week board: a gig opens beside it instead of on a page of its own. Escape closes it. Without this file a gig is a link.

const board = document.querySelector(".week");
const panel = document.querySelector(".week-panel");
let opened = null;

function close() {
  board.classList.remove("week-beside");
  panel.hidden = true;
  opened?.removeAttribute("aria-current");
  opened?.focus();
  opened = null;
}

function show(page, card) {
  const heading = page.querySelector("h1");
  const title = document.createElement("h2");
  title.tabIndex = -1;
  title.textContent = heading.textContent;
  const shut = document.createElement("button");
  shut.type = "button";
  shut.className = "button button-secondary week-shut";
  shut.textContent = board.dataset.close;
  shut.addEventListener("click", close);
  panel.replaceChildren(title, shut, ...page.querySelector(".beside").childNodes);
  opened?.removeAttribute("aria-current");
  opened = card;
  card.setAttribute("aria-current", "true");
  board.classList.add("week-beside");
  panel.hidden = false;
  title.focus({ preventScroll: true });
  title.scrollIntoView({ block: "nearest" });
}

async function open(card) {
  const answer = await fetch(card.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (!answer.ok || !page.querySelector(".beside")) return location.assign(card.href);
  show(page, card);
}

board.addEventListener("click", event => {
  const card = event.target.closest("a.gig");
  if (!card || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  open(card).catch(() => location.assign(card.href));
});

document.addEventListener("keydown", event => {
  if (event.key === "Escape" && opened) close();
});
