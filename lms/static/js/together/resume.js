// The kept page of a group, on a learner's own phone: as it was when it was open last. With a line the server's page
// comes instead. Where nothing is kept of this group, or nobody touched it for too long, the page says so.

import { opened } from "./opening.js";
import { restore } from "./saved.js";

const session = location.pathname.match(/\/together\/([0-9a-f-]{36})\//)?.[1];

async function resume() {
  const saved = session && (await restore(session));
  if (!saved || Date.now() - saved.at > saved.idle * 1e3) return;
  await opened(saved);
}

addEventListener("online", () => location.reload());
resume().catch(console.error);
