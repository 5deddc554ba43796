// Runs before the first paint, so that a collapsed rail does not jump.
try {
  if (localStorage.getItem("kehu.rail") === "slim") document.documentElement.classList.add("slim");
} catch {
  // A browser that keeps nothing shows the wide rail.
}
