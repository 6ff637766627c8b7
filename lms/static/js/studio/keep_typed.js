// <form data-keep-typed="name:person">: what was typed stays in this tab until it has arrived, also when the line drops
// or one goes elsewhere; who sits down next does not see it. A form that comes back with something to mend knows better
// than what was kept.
const form = document.querySelector('form[data-keep-typed]');
const arrived = new URLSearchParams(location.search).get('made');

function keepTyped(place) {
  const fields = [...form.querySelectorAll('input[type="text"], textarea')];
  const kept = JSON.parse(sessionStorage.getItem(place) || '[]');
  if (!form.querySelector('.fix')) {
    fields.forEach((field, n) => { if (!field.value && kept[n]) field.value = kept[n]; });
  }
  form.addEventListener('input', () => {
    sessionStorage.setItem(place, JSON.stringify(fields.map((field) => field.value)));
  });
}

if (form) keepTyped(`typed:${form.dataset.keepTyped}`);
else if (arrived) {
  for (const place of Object.keys(sessionStorage)) {
    if (place.startsWith(`typed:${arrived}:`)) sessionStorage.removeItem(place);
  }
}
