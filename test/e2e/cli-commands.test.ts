import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { portcullis, run } from './cli.ts';

const SHOP = 'fixtures/terraform-plan/web-shop/plan.json';

describe('help', () => {
  it.each([
    [['check', '--help']],
    [['policy', 'test', '--help']],
    [['rules', 'explain', '--help']],
    [['audit', 'list', '--help']],
    [['token', 'new', '--help']],
    [['completion', '--help']],
    [['--help']],
  ])('%j has examples', async (args) => {
    const { code, stdout } = await portcullis(args);
    expect(code).toBe(0);
    expect(stdout).toMatch(/Examples?:\n/);
  });

  it('of check names every exit code and every format', async () => {
    const { stdout } = await portcullis(['check', '--help']);
    for (const word of [
      '0  allowed',
      '1  denied',
      '2  something could not be judged',
      '3  wrong usage',
      'sarif',
      'junit',
    ]) {
      expect(stdout.replaceAll(/\s*\n\s+/g, '\n  ')).toContain(word);
    }
  });
});

describe('what is named wrongly is named, whoever finds it', () => {
  it.each([
    [['report', 'nope'], 'The kind is one of posture, decisions'],
    [['audit', 'show', 'any', '--output', 'nope'], '--output is one of text, json'],
    [['replay', '--rules', 'rules', '--output', 'nope'], '--output is one of text, json'],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await portcullis(args);
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('an outcome that cannot be written', () => {
  it('into the file that was named', async () => {
    const args = ['check', SHOP, '--output', 'json=nowhere/outcome.json'];
    const { code, stderr } = await portcullis(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^nowhere\/outcome.json cannot be written: ENOENT.*OUTPUT_UNWRITABLE\n/m,
    );
    expect(stderr).not.toContain('broke');
  });

  it('to a disk that is full', async () => {
    const script = '"$0" dist/bin.js rules list > /dev/full';
    const { code, stderr } = await run('bash', ['-c', script, process.execPath]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'the output cannot be written: ENOSPC: no space left on device, write\n',
    });
  });
});

describe('rules', () => {
  it('are listed with where they stand', async () => {
    const { code, stdout } = await portcullis(['rules', 'list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^tagging\.owner +PC-TAG-001 +high +deny .* rules\/tagging\.yaml:\d+$/m);
  });

  it('are listed for programs', async () => {
    const { stdout } = await portcullis(['rules', 'list', '-o', 'json']);
    const { rules } = z
      .object({ rules: z.array(z.object({ id: z.string() })) })
      .parse(JSON.parse(stdout));
    expect(rules.length).toBeGreaterThanOrEqual(40);
  });

  it('explain what looks at a resource, what does not, and why', async () => {
    const { code, stdout } = await portcullis([
      'rules',
      'explain',
      'aws_s3_bucket.uploads',
      '-d',
      SHOP,
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain('aws_s3_bucket.uploads  aws.s3.bucket (aws_s3_bucket), create');
    expect(stdout).toMatch(/exposure\.data: PC-NET-001 .* → deny/);
    expect(stdout).toMatch(/exposure\.database: PC-NET-006 judges /);
  });

  it('name what is there when the address is wrong', async () => {
    const { code, stderr } = await portcullis(['rules', 'explain', 'aws_s3_bucket', '-d', SHOP]);
    expect(code).toBe(2);
    expect(stderr).toContain('aws_s3_bucket.uploads');
  });
});

describe('tokens', () => {
  it('are printed once, with the hash that the configuration keeps', async () => {
    const { stdout, stderr } = await portcullis(['token', 'new', '--name', 'ci', '--role', 'gate']);
    expect(stdout).toMatch(/^pc_[\w-]{43}\n$/);
    expect(stderr).toMatch(/\{name: ci, role: gate, sha256: [0-9a-f]{64}\}/);
    expect(stderr).not.toContain(stdout.trim());
  });
});

describe('completion', () => {
  it('of bash offers commands, options and choices', async () => {
    const { stdout } = await portcullis(['completion', 'bash']);
    const complete = async (...words: string[]) => {
      const script = `${stdout}\nCOMP_WORDS=(portcullis ${words.map((word) => JSON.stringify(word)).join(' ')}); COMP_CWORD=${words.length}; _portcullis; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return (await run('bash', ['-c', script])).stdout.trim().split('\n');
    };
    expect(await complete('')).toEqual(
      expect.arrayContaining(['check', 'policy', 'rules', 'audit']),
    );
    expect(await complete('policy', 'te')).toEqual(['test']);
    expect(await complete('check', '--fail')).toEqual(['--fail-on']);
    expect(await complete('completion', 'f')).toContain('fish');
  });

  it.each(['zsh', 'fish'])('of %s names every command', async (shell) => {
    const { stdout } = await portcullis(['completion', shell]);
    for (const command of ['check', 'policy', 'rules', 'audit', 'explain'])
      expect(stdout).toContain(command);
  });
});
