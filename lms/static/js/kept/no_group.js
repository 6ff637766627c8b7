// A group was to begin on a page that needs the line: where the lesson or course is kept it begins all the same. Elsewhere, as on a
// centre's machine, [data-no-group] says why it cannot, in place of [data-no-page].

import { canKeep } from "./places.js";
import { recordOf } from "./records.js";

const NEW = /\/together\/new\/$/;

async function begin() {
  const asked = new URLSearchParams(location.search);
  const key = asked.get("lesson") ?? asked.get("course");
  const record = canKeep && key && (await recordOf(key));
  if (record?.together) return location.replace(record.together);
  for (const part of document.querySelectorAll("[data-no-group]")) part.hidden = false;
  for (const part of document.querySelectorAll("[data-no-page]")) part.hidden = true;
}

if (NEW.test(location.pathname)) begin().catch(console.error);
