import { format } from 'prettier';

import type { Outcome } from './outcome.ts';
import type { Peers } from './peers.ts';

/** How the document is made; the test writes it where this variable is set. */
export const WRITE = 'PORTCULLIS_WRITE_DOCS';

const COMMAND = `node test/peers/install-custodian.mjs
${WRITE}=1 npx vitest run --config vitest.peers.config.ts test/peers/custodian.peer.test.ts`;

export function tableOf(outcomes: readonly Outcome[]): string {
  const head = [
    'fault',
    'tool',
    'tagged',
    'harmed',
    'owners that disagree',
    'writes',
    'what it said',
    'left by a second run',
  ];
  const rows = outcomes.map(
    ({ fault, tool, tagged, wrong, harmed, disagreeing, writes, said, leftAfterSecond }) => [
      fault.name,
      tool,
      `${tagged} of ${wrong}`,
      String(harmed.length),
      String(disagreeing),
      String(writes),
      said,
      String(leftAfterSecond),
    ],
  );
  return [head, head.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

export async function documentOf(
  outcomes: readonly Outcome[],
  { versions }: Peers,
  resources: number,
): Promise<string> {
  const faults = [...new Set(outcomes.map(({ fault }) => fault))];
  const text = `# Side by side with Cloud Custodian

<!-- Written by test/peers/custodian.peer.test.ts. Change the test, not this file. -->

Both tools get the same task: every resource names its \`owner\`, and where nobody is named, it is \`platform\`. Cloud Custodian
${versions.custodian} has a policy with the filter \`tag:owner: absent\` and the action \`tag\` for each of EC2 instances, EBS
volumes, S3 buckets, RDS databases and SNS topics. Portcullis has its shipped rule \`tagging.owner\`, repaired by the values
\`spelling: true\`, then \`constant: platform\`. Both write to moto ${versions.moto}, which stands in for AWS, through a proxy that
breaks what writes. What is counted was read from moto afterwards, past the proxy. The table is made by:

\`\`\`sh
${COMMAND}
\`\`\`

## Found

Of ${resources} resources both find the same ${outcomes[0]?.wrong ?? 0}, among them those with an \`Owner\` and no \`owner\`.
Custodian asks each service. Portcullis reads AWS Config; that of moto is empty, so a fake of AWS Config tells it of the same ARNs
and tags.

## Mended

${tableOf(outcomes)}

- _tagged_: resources without an owner to which the tool had given one after its first run.
- _harmed_: tags of somebody else that are gone, or have another value.
- _owners that disagree_: resources with an \`Owner\` to which the tool gave another \`owner\`.
- _writes_: calls that write in the first run, retries among them. Ids of moto are random, and with them which resources share
  a batch of Portcullis: its writes, and what a fault leaves to its second run, differ by a few each time.
- _left by a second run_: resources without an owner after the tool was run once more, where the first run left some. What
  strikes the first writes is over by then; a bad ARN or a missing permission is not.

The faults:

${faults.map(({ name, what }) => `- **${name}**: ${what}`).join('\n')}

## How to read it

**What Custodian does well.** It needs no AWS Config: it asks each service itself, and sees what was made a minute ago. Its
retries, and those of botocore below it, get over everything that passes by itself within the same run, a throttle inside an
answer included. It goes on with the other policies when one fails, names the one that failed, and says so by its exit code. It
knows hundreds of types of resources, and actions of every kind; tags are the smallest of them.

**What Portcullis does otherwise.** Each resource has a result: \`verified\` is said of what was read back, not of what was
answered. A write of which nobody knows whether it was carried out is not sent again at once: it is read, waited for, read again,
and sent once more only where everything is as before. So under _503_ and _hang_ a run takes half a minute longer. An ARN that
refuses a whole call is found by halving, and costs that resource alone. Tags are read again just before they are written, and what a
person has changed since the plan is skipped. Buckets are tagged by the Tagging API, which adds to what is there;
\`PutBucketTagging\` replaces the whole set by one that was read before. An \`Owner\` lends its value to \`owner\`; Custodian writes
what its policy says, and would need further policies to look at the other spelling first.

**What this does not show.** moto is not AWS: it carries out TagResources in one step, where AWS hands it on to the service of
the resource. The person of _human: owner_ does not act at the same moment for both: Custodian looks and writes in one run, so it
is just before its first write; Portcullis plans first, so it is between the plan and its application. A moment is left to
Portcullis too, between the reading of a batch and its writing: AWS has no conditional write of tags. The brakes of Portcullis,
a canary wave and a stop at an error rate, are off here, so that it tries every resource as Custodian does. A request that hangs
is given up by Portcullis after 3 s here, after 10 s as shipped, and by botocore after 60 s. The cache of Custodian is off. SQS
is left out: Custodian ${versions.custodian} asks for it at an address of its own, whatever endpoint it is given.
`;
  return await format(text, { parser: 'markdown', printWidth: 100 });
}
