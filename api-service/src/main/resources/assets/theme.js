// Runs before the first paint: the theme that was chosen here, else the system's.
try {
  const theme = localStorage.getItem("terrafleet-theme");
  if (theme === "light" || theme === "dark") {
    document.documentElement.dataset.theme = theme;
  }
} catch {
  // A browser that keeps nothing for us follows the system.
}
