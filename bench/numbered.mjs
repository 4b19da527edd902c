// Documents of which no two are the same.

/** Stands in names and owners for the number of a document; in no document by itself. */
export const NUMBER = '7654321';
/** Owners come again, as they do where people work. */
const TEAMS = 60;

/**
 * The same document over and over, and each time another one: names and images carry a number of their own, and owners are one
 * of sixty teams. The gate remembers what policies said of look-alikes; what is the same twice would be judged once.
 *
 * @returns makes the bytes of the next.
 */
export function everDifferent(bytes) {
  const parts = bytes.toString().split(NUMBER);
  const ofTeams = parts.map((part) => part.endsWith('team-'));
  let made = 0;
  return () => {
    made += 1;
    const [own, team] = [made, made % TEAMS].map((n) => String(n).padStart(NUMBER.length, '0'));
    const last = parts.length - 1;
    return Buffer.from(
      parts.map((part, i) => (i === last ? part : part + (ofTeams[i] ? team : own))).join(''),
    );
  };
}

/** A plan whose names and owners have room for a number: `team-4` is another team in each. */
export function numbered(plan) {
  return JSON.parse(JSON.stringify(plan).replace(/"([a-z]+)-(\d+)"/g, `"$1-${NUMBER}-$2"`));
}
