// While a plan is computed: the bar moves without loading the page anew. Without this file the page refreshes itself.

const shown = document.querySelector("[data-progress]");

async function look() {
  const answer = await fetch(shown.dataset.progress, { headers: { Accept: "application/json" } });
  if (!answer.ok) return location.reload();
  const { over, percent, words } = await answer.json();
  if (over) return location.reload();
  shown.querySelector(".bar-fill").setAttribute("width", percent);
  const told = shown.querySelector("[role=status]");
  if (told.textContent !== words) told.textContent = words;
  setTimeout(look, 1500);
}

if (shown) setTimeout(look, 1000);
