const box = document.getElementById("renew"), place = document.getElementById("spread");
setInterval(async () => {
  if (!box.checked || document.hidden) return;
  const answer = await fetch(place.dataset.from).catch(() => null);
  if (answer && answer.ok) { const text = await answer.text(); if (text !== place.innerHTML) place.innerHTML = text; }
}, 3000);
