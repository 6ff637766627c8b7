// What the server says this learner may keep (courses.keeping): null when there is no line or nobody is signed in.
//
// Throws Unlinked where this phone is nobody's any longer, so that what it keeps must go.

export class Unlinked extends Error {}

export async function listing() {
  const response = await fetch(document.body.dataset.keptList, { cache: "no-store" }).catch(() => null);
  if (response?.status === 404) throw new Unlinked();
  return response?.ok && !response.redirected ? response.json() : null;
}

// Each entry of a list with its kind and course, as keep() takes them.
export function entriesOf(list) {
  return list.courses.flatMap((course) => [
    { entry: course, kind: "course", course: course.key },
    ...course.lessons.map((lesson) => ({ entry: lesson, kind: "lesson", course: course.key })),
  ]);
}
