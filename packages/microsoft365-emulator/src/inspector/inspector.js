// Adds new requests to the top of the list while the page is looked at.
const EVERY_MS = 1000;
const SHOWN = 500;

const list = document.querySelector('#requests');
const button = document.querySelector('#live');
const summary = document.querySelector('#summary');
let isLive = true;

async function load() {
  const url = new URL(list.dataset.source, location.href);
  url.search = location.search;
  url.searchParams.set('after', list.dataset.latest);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`The emulator answered ${answer.status}`);
  list.dataset.latest = answer.headers.get('x-latest');
  list.insertAdjacentHTML('afterbegin', await answer.text());
  while (list.children.length > SHOWN) list.lastElementChild.remove();
  const count = list.children.length;
  summary.textContent = count === 1 ? '1 request shown' : `${count} requests shown`;
}

async function run() {
  try {
    if (isLive && !document.hidden) await load();
    setTimeout(run, EVERY_MS);
  } catch {
    summary.textContent = 'The emulator does not answer. Reload this page when it runs again.';
  }
}

if (list !== null) {
  button.hidden = false;
  button.addEventListener('click', () => {
    isLive = !isLive;
    button.textContent = isLive ? 'Pause' : 'Continue';
  });
  setTimeout(run, EVERY_MS);
}
