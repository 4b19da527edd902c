// Whole processes, from start to end: what a pipeline waits for.
import path from 'node:path';

import { medians, pairedRatio } from '../load.mjs';
import { load, measure } from '../process.mjs';
import { environment, gateSettings, ROOT } from '../targets.mjs';

/** `portcullis check` with compiled policies in its cache, against `conftest test` and `opa eval`, in turns. */
export async function cold(setting, rounds) {
  const sizes = {};
  for (const [size, count] of Object.entries(rounds)) {
    const programs = contenders(setting, setting.documents[size]);
    const names = Object.keys(programs);
    const results = Object.fromEntries(names.map((name) => [name, { rounds: [] }]));
    for (let round = 0; round < count; round++)
      for (const name of round % 2 === 0 ? names : names.toReversed())
        results[name].rounds.push({ ...(await programs[name]()), load: load() });
    for (const result of Object.values(results)) result.median = medians(result.rounds);
    sizes[size] = { results, ratios: ratios(results) };
  }
  return sizes;
}

function ratios({ check, ...others }) {
  return Object.fromEntries(
    Object.entries(others).map(([name, other]) => [
      name,
      {
        wall: pairedRatio(check, other, 'wallMs'),
        cpu: pairedRatio(check, other, 'cpuMs'),
      },
    ]),
  );
}

function contenders({ work, peers, plans }, { file, normalFile }) {
  const peer = (command, expected) => () =>
    measure(command, { cwd: work, env: environment({}), expected });
  const conftest = (policies, document) =>
    peer([peers.conftest, 'test', '--no-color', '--policy', policies, document], [1]);
  const opaEval = (policies, document) =>
    peer([peers.opa, 'eval', '--data', policies, '--input', document, 'data.main.deny'], [0]);
  const check = [process.execPath, path.join(ROOT, 'dist/bin.js'), 'check', file];
  return {
    check: () =>
      measure(check, {
        cwd: work,
        env: gateSettings({ work, name: 'check', rules: plans.rules }),
        expected: [1],
      }),
    'conftest, rules by hand on the plan': conftest(plans.raw, file),
    'conftest, our rules on our normal form': conftest(plans.same, normalFile),
    'opa eval, rules by hand on the plan': opaEval(plans.raw, file),
    'opa eval, our rules on our normal form': opaEval(plans.same, normalFile),
  };
}
