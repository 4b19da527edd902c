import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { Decision } from '../../src/model/decision.ts';
import { ROOT } from '../e2e/cli.ts';
import { mirrorsFor } from './terraform/peers.ts';
import { makeWorkspace } from './terraform/workspace.ts';
import type { Workspace } from './terraform/workspace.ts';

/** Word for word as the README has it. */
const COMMANDS = `terraform plan -out tfplan
terraform show -json tfplan | portcullis check - && terraform apply tfplan`;

const SECRET = 'swordfish';
const IMPORTED = 'hunter2';

const SETTINGS = `policies: { folders: [${ROOT}test/peers/terraform/policies] }
rules: { folders: [${ROOT}test/peers/terraform/rules] }
`;

/** The configuration that is judged: what was wrong is a parameter. */
function configuration(wrong: { length: number; permission: string }, more = ''): string {
  return `
terraform {
  required_providers {
    local  = { source = "hashicorp/local" }
    random = { source = "hashicorp/random" }
  }
}
variable "secret" {
  sensitive = true
  default   = "${SECRET}"
}
resource "random_password" "db" {
  length = ${wrong.length}
}
resource "local_file" "page" {
  filename        = "\${path.module}/out/page.html"
  content         = "hello"
  file_permission = "${wrong.permission}"
}
resource "local_sensitive_file" "key" {
  filename        = "\${path.module}/out/key"
  content         = var.secret
  file_permission = "${wrong.permission}"
}
resource "terraform_data" "marker" {
  input = random_password.db.id
}
${more}`;
}

const BAD = { length: 8, permission: '0777' };
const GOOD = { length: 24, permission: '0640' };
const mirror = mirrorsFor('terraform', 'mirror');

describe.skipIf(mirror === undefined)('portcullis before a real terraform apply', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = makeWorkspace(mirror!, { 'portcullis.yaml': SETTINGS });
    workspace.write(configuration(BAD));
    const { code, stderr } = await workspace.sh('terraform init -input=false');
    expect([code, stderr]).toEqual([0, '']);
  });

  afterAll(() => (workspace as Workspace | undefined)?.dispose());

  it('are the commands of the README', () => {
    expect(readFileSync(path.join(ROOT, 'README.md'), 'utf8')).toContain(COMMANDS);
  });

  it('denies, and the apply behind it is not reached', async () => {
    const { code, stdout } = await workspace.sh(COMMANDS);
    expect(code).toBe(1);
    expect(stdout).toContain('The password is short.');
    expect(stdout).toContain('Everyone may write this file.');
    expect(stdout).toMatch(/^Denied: 3 violations\.$/m);
    await nothingApplied();
  });

  it('judges the binary plan as it judges its JSON', async () => {
    const binary = await judged('portcullis check tfplan -o json');
    const json = await judged('terraform show -json tfplan | portcullis check - -o json');
    expect(findings(binary)).toEqual([
      'local_file.page PEER-FIL-001',
      'local_sensitive_file.key PEER-FIL-001',
      'random_password.db PEER-PWD-001',
    ]);
    expect(findings(json)).toEqual(findings(binary));
    expect(binary.coverage.unjudged.map(({ address }) => address)).toEqual([
      'terraform_data.marker',
    ]);
  });

  it('shows a sensitive value nowhere', async () => {
    const formats = ['text', 'json', 'sarif', 'junit', 'github', 'gitlab', 'markdown'];
    const outputs = formats.map((format) => `-o ${format}=${format}.out`).join(' ');
    const { code, stdout, stderr } = await workspace.sh(`portcullis check tfplan ${outputs}`);
    expect(code).toBe(1);
    for (const format of formats) {
      const text = readFileSync(path.join(workspace.folder, `${format}.out`), 'utf8');
      expect(text).toContain('PEER-FIL-001');
      expect(text).not.toContain(SECRET);
    }
    expect(stdout + stderr).not.toContain(SECRET);
    const { violations } = await judged('portcullis check tfplan -o json');
    const key = violations.find(({ address }) => address === 'local_sensitive_file.key');
    expect(key?.actual).toBe('(sensitive)');
  });

  it('refuses the log for user interfaces, and says what to run', async () => {
    const { code, stdout, stderr } = await workspace.sh(
      'terraform plan -json | portcullis check -',
    );
    expect(code).toBe(2);
    expect(stdout + stderr).toContain('terraform show -json');
    expect(stdout + stderr).not.toMatch(/^allowed/im);
  });

  it('keeps the shell gate shut', async () => {
    const { code, stderr } = await workspace.sh('gate.sh');
    expect(code).toBe(1);
    expect(stderr).toContain('gate: denied. Nothing was applied.');
    await nothingApplied();
  });

  it('stays shut where Terraform itself fails', async () => {
    workspace.write(`${configuration(GOOD)}\nresource "local_file" "page" {}`);
    const { code, stderr } = await workspace.sh('gate.sh');
    expect(code).toBe(1);
    expect(stderr).toContain('gate: terraform plan failed (1). Nothing was judged or applied.');
    await nothingApplied();
  });

  it('judges the part that was aimed at, and says that it is a part', async () => {
    workspace.write(configuration(BAD));
    const { code, stdout, stderr } = await workspace.sh(
      'gate.sh --no-apply -- -target=local_file.page',
    );
    expect(code).toBe(1);
    expect(stdout).toContain('Everyone may write this file.');
    expect(stdout).not.toContain('The password is short.');
    expect(stderr).toContain('Nothing was applied.');
    await workspace.sh('terraform plan -target=terraform_data.marker -out part');
    const part = await judged('portcullis check part -o json');
    expect(findings(part)).toEqual(['random_password.db PEER-PWD-001']);
    expect(part.document.notes.map(({ message }) => message).join()).toMatch(/target/i);
  });

  it('opens when the configuration is mended, and that very plan is applied', async () => {
    workspace.write(configuration(GOOD));
    const { code, stderr } = await workspace.sh('gate.sh');
    expect(stderr).toContain('gate: allowed. Applying this plan.');
    expect(code).toBe(0);
    expect(await state()).toEqual([
      'local_file.page',
      'local_sensitive_file.key',
      'random_password.db',
      'terraform_data.marker',
    ]);
    expect(existsSync(path.join(workspace.folder, 'out/page.html'))).toBe(true);
  });

  it('lets the commands of the README through when there is nothing to change', async () => {
    const { code, stdout } = await workspace.sh(COMMANDS);
    expect(stdout).toContain('0 added, 0 changed, 0 destroyed');
    expect(code).toBe(0);
  });

  it('judges what is imported, and follows what is moved and let go of', async () => {
    const moved = configuration(GOOD)
      .replaceAll('"page"', '"home"')
      .replace(
        /resource "terraform_data"[^}]*\}/,
        `removed {
  from = terraform_data.marker
  lifecycle { destroy = false }
}
moved {
  from = local_file.page
  to   = local_file.home
}
import {
  to = random_password.old
  id = "${IMPORTED}"
}
resource "random_password" "old" {
  length = 7
  lifecycle { ignore_changes = all }
}`,
      );
    workspace.write(moved);
    const { code, stdout, stderr } = await workspace.sh(
      'terraform plan -out tfplan >/dev/null && portcullis check tfplan -o text -o json=moved.json',
    );
    expect(code).toBe(1);
    const text = readFileSync(path.join(workspace.folder, 'moved.json'), 'utf8');
    expect(findings(Decision.parse(JSON.parse(text)))).toEqual([
      'random_password.old PEER-PWD-001',
    ]);
    expect(stdout + stderr + text).not.toContain(IMPORTED);
    expect((await workspace.sh('gate.sh')).code).toBe(1);
    expect(await state()).toContain('terraform_data.marker');
  });

  it('judges no password that is destroyed', async () => {
    workspace.write(configuration(BAD));
    const { code, stderr } = await workspace.sh('gate.sh -- -destroy');
    expect(stderr).toContain('gate: allowed.');
    expect(code).toBe(0);
    expect(await state()).toEqual([]);
  });

  async function state(): Promise<string[]> {
    const { stdout } = await workspace.sh('terraform state list || true');
    return stdout.split('\n').filter((line) => line !== '');
  }

  async function nothingApplied(): Promise<void> {
    expect(await state()).toEqual([]);
    expect(existsSync(path.join(workspace.folder, 'out'))).toBe(false);
  }

  async function judged(script: string): Promise<Decision> {
    const { stdout } = await workspace.sh(script);
    return Decision.parse(JSON.parse(stdout));
  }
});

function findings({ violations }: Decision): string[] {
  return violations.map(({ address, policy }) => `${address} ${policy}`).sort();
}

const aws = mirrorsFor('terraform with the AWS provider', 'aws');

describe.skipIf(aws === undefined)('the default rules before a real plan for AWS', () => {
  let workspace: Workspace;

  beforeAll(async () => {
    workspace = makeWorkspace(aws!, {});
    workspace.write(shop('', ''));
    const { code, stderr } = await workspace.sh('terraform init -input=false');
    expect([code, stderr]).toEqual([0, '']);
  });

  afterAll(() => (workspace as Workspace | undefined)?.dispose());

  it('deny what is dangerous', async () => {
    const { code, stdout, stderr } = await workspace.sh('gate.sh');
    expect(stdout).toContain('aws_security_group.shop');
    expect(stdout).toContain('The tag owner is missing.');
    expect(stdout).toContain('PC-NET-003');
    expect(stderr).toContain('gate: denied. Nothing was applied.');
    expect(code).toBe(1);
  });

  it('allow it mended, where default tags are known only to the provider', async () => {
    workspace.write(shop('default_tags { tags = { owner = "shop" } }', 'https'));
    const { code, stdout, stderr } = await workspace.sh('gate.sh --no-apply');
    expect(stdout).not.toContain('The tag owner is missing.');
    expect(stderr).toContain('gate: allowed. Not applied, as asked.');
    expect(code).toBe(0);
  });
});

/** No account is needed to plan what does not exist yet. */
function shop(defaultTags: string, ingress: 'https' | ''): string {
  const port = ingress === 'https' ? 443 : 22;
  return `
provider "aws" {
  region                      = "eu-central-1"
  access_key                  = "none"
  secret_key                  = "none"
  skip_credentials_validation = true
  skip_requesting_account_id  = true
  skip_metadata_api_check     = true
  skip_region_validation      = true
  ${defaultTags}
}
resource "aws_security_group" "shop" {
  name = "shop"
  ingress {
    from_port   = ${port}
    to_port     = ${port}
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
resource "aws_sqs_queue" "mail" {
  name                    = "mail"
  sqs_managed_sse_enabled = true
}
`;
}
