import type { NewRows } from '../store/rows.ts';
import type { Statement } from './dialect.ts';

/** A column as an array of its values, one a row. */
type Column = readonly [type: string, values: readonly unknown[]];

/**
 * All that a batch adds, as one statement: the server does all of it or nothing, and understands it once, however many rows
 * there are.
 */
export function insertStatement({ bodies, records, rules, keys, tiles }: NewRows): Statement {
  const values: (readonly unknown[])[] = [];
  const insert = (table: string, columns: Readonly<Record<string, Column>>): string => {
    const places = Object.values(columns).map(
      ([type, column]) => `$${values.push(column)}::${type}[]`,
    );
    return `INSERT INTO ${table} (${Object.keys(columns).join(', ')}) SELECT * FROM unnest(${places.join(', ')})`;
  };
  const text = `WITH
    bodies AS (${insert('body', {
      digest: ['text', bodies.map(({ digest }) => digest)],
      json: ['text', bodies.map(({ json }) => json)],
    })} ON CONFLICT (digest) DO NOTHING),
    records AS (${insert('record', {
      sequence: ['bigint', records.map(({ sequence }) => sequence)],
      id: ['text', records.map(({ id }) => id)],
      time: ['text', records.map(({ time }) => time)],
      type: ['text', records.map(({ type }) => type)],
      header: ['text', records.map(({ header }) => header)],
      body_digest: ['text', records.map((row) => row.body_digest)],
      input_digest: ['text', records.map((row) => row.input_digest)],
      decision: ['text', records.map(({ decision }) => decision)],
      point: ['text', records.map(({ point }) => point)],
      source: ['text', records.map(({ source }) => source)],
      subject: ['text', records.map(({ subject }) => subject)],
      actor: ['text', records.map(({ actor }) => actor)],
    })}),
    rules AS (${insert('record_rule', {
      rule: ['text', rules.map(({ rule }) => rule)],
      sequence: ['bigint', rules.map(({ sequence }) => sequence)],
    })}),
    keys AS (${insert('idempotency', {
      key: ['text', keys.map(({ key }) => key)],
      sequence: ['bigint', keys.map(({ sequence }) => sequence)],
    })})
    ${insert('tile', {
      level: ['integer', tiles.map(({ level }) => level)],
      idx: ['bigint', tiles.map(({ idx }) => idx)],
      hashes: ['bytea', tiles.map(({ hashes }) => hashes)],
    })} ON CONFLICT (level, idx) DO UPDATE SET hashes = excluded.hashes`;
  return { text, values };
}
