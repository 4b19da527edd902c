import fc from 'fast-check';
import { expect, it } from 'vitest';

import { openEnvelope } from '../../../src/http/envelope.ts';
import { HttpError } from '../../../src/http/errors.ts';

it('gives the document byte by byte as it was sent, whatever it holds and wherever it stands', () => {
  const space = fc.constantFrom('', ' ', '\n\t');
  const actor = fc.string({ maxLength: 50 }).map((text) => `"actor":${JSON.stringify(text)}`);
  fc.assert(
    fc.property(fc.json(), space, actor, fc.boolean(), (document, gap, other, first) => {
      fc.pre(!document.startsWith('"'));
      const member = `${gap}"document"${gap}:${gap}${document}${gap}`;
      const text = `${gap}{${first ? `${member},${other}` : `${other},${member}`}}${gap}`;
      expect(
        Buffer.from(openEnvelope(Buffer.from(text)).document)
          .toString()
          .trim(),
      ).toBe(document.trim());
    }),
  );
});

it('refuses anything else with its one error', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        openEnvelope(Buffer.from(text));
      } catch (error) {
        expect(error).toBeInstanceOf(HttpError);
      }
    }),
  );
});

it('keeps numbers that a double cannot hold', () => {
  const { document } = openEnvelope(Buffer.from('{"document":{"n":9007199254740993,"e":1e400}}'));
  expect(Buffer.from(document).toString()).toBe('{"n":9007199254740993,"e":1e400}');
});
