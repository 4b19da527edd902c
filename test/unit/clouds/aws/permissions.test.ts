import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { aws } from '../../../../src/clouds/aws/index.ts';
import { COMMANDS } from '../../../../src/clouds/aws/permissions.ts';

const FOLDER = fileURLToPath(new URL('../../../../src/clouds/aws/', import.meta.url));

/** Commands of the SDKs that the code makes. */
function commandsInCode(): string[] {
  const texts = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(`${FOLDER}${name}`, 'utf8'));
  const made = texts.flatMap((text) => [...text.matchAll(/new (\w+)Command\(/g)]);
  return [...new Set(made.map(([, name = '']) => name))].sort();
}

describe('the permissions of AWS', () => {
  it('cover every call in the code, and nothing that is not called', () => {
    // The SDK's provider sends this one itself.
    expect([...commandsInCode(), 'AssumeRole'].sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  it('are declared, reading and writing apart', () => {
    const read = aws.permissions.read.map(({ action }) => action);
    const write = aws.permissions.write.map(({ action }) => action);
    expect([...read, ...write]).toEqual(
      expect.arrayContaining(Object.values(COMMANDS).map(({ action }) => action)),
    );
    expect(read.filter((action) => write.includes(action))).toEqual([]);
    expect(
      read.filter((action) => !/:(Select|BatchGet|Get|List|Lookup|Describe|Assume)/.test(action)),
    ).toEqual([]);
    expect(write).toEqual(
      expect.arrayContaining(['tag:TagResources', 'ec2:CreateTags', 's3:PutBucketTagging']),
    );
    for (const { action, why } of [...aws.permissions.read, ...aws.permissions.write]) {
      expect(action).toMatch(/^[\w-]+:\w+$/);
      expect(why).toMatch(/\w+ \w+/);
    }
  });
});
