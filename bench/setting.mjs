// Everything that a run needs, made once in a folder of its own: documents, rules for both sides, compiled policies.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { documentLimits, loadPolicies } from '../dist/compose.js';
import { loadConfig } from '../dist/config/load.js';
import { normalise } from '../dist/normalise.js';
import { admissionReview, basePlan, planOf } from './documents.mjs';
import { everDifferent, numbered } from './numbered.mjs';
import { installPeers } from './peers.mjs';
import { rawPlanPackage, rawReviewPackage } from './raw-rules.mjs';
import { mainPackage, planRules, reviewRules, writeRules } from './rules.mjs';
import { gateSettings, opaFolder, ROOT } from './targets.mjs';

export const SIZES = [10, 100, 1000, 10_000];
export const PLAN_RULES = 50;
export const REVIEW_RULES = 20;

/** @returns what the stages share; `remove()` takes the folder away. */
export async function prepare() {
  const peers = installPeers();
  const work = mkdtempSync(path.join(tmpdir(), 'portcullis-bench-'));
  const defaults = path.join(ROOT, 'rules');
  const config = loadConfig({
    env: gateSettings({ work, name: 'prepare', rules: defaults }),
    cwd: work,
  });
  const { policies } = await loadPolicies(config);
  const normal = (document) => normalise(documentLimits(config), { bytes: bytesOf(document) });
  const { from, plan } = basePlan();
  const documents = Object.fromEntries(
    SIZES.map((size) => [
      size,
      writeDocument(work, `plan-${size}`, numbered(planOf(plan, size)), normal),
    ]),
  );
  const review = writeDocument(work, 'review', admissionReview(), normal);
  const forPlans = planRules(defaults, policies, PLAN_RULES, documents[1000].resources);
  const forReviews = reviewRules(defaults, policies, REVIEW_RULES, review.resources[0]);
  return {
    work,
    peers,
    from,
    documents,
    review,
    defaultReviewRules: forReviews.defaults,
    plans: sides(work, 'plans', forPlans, rawPlanPackage(PLAN_RULES)),
    reviews: sides(work, 'reviews', forReviews.rules, rawReviewPackage(REVIEW_RULES)),
    remove: () => rmSync(work, { recursive: true, force: true }),
  };
}

/** A folder alone, for what is compared with nobody. */
export function prepareAlone() {
  const work = mkdtempSync(path.join(tmpdir(), 'portcullis-bench-'));
  return { work, from: 'none', remove: () => rmSync(work, { recursive: true, force: true }) };
}

/** The same rules for the gate and for OPA, and those that are written by hand. */
function sides(work, name, rules, raw) {
  const folders = [...new Set(rules.map(({ policy }) => path.join(ROOT, policy.folder)))];
  return {
    rules: writeRules(path.join(work, `${name}-rules`), rules),
    same: opaFolder(path.join(work, `${name}-opa-same`), mainPackage(rules), [
      ...folders,
      path.join(ROOT, 'policies/lib'),
    ]),
    raw: opaFolder(path.join(work, `${name}-opa-raw`), raw, []),
  };
}

/** A document, what OPA is asked about it, and its normal form for those that cannot make it themselves. */
function writeDocument(work, name, document, normal) {
  const { resources } = normal(document);
  const [file, normalFile] = [
    path.join(work, `${name}.json`),
    path.join(work, `${name}-normal.json`),
  ];
  mkdirSync(work, { recursive: true });
  writeFileSync(file, bytesOf(document));
  writeFileSync(normalFile, bytesOf({ resources }));
  const [body, rawBody, sameBody] = [document, { input: document }, { input: { resources } }].map(
    bytesOf,
  );
  return {
    ...{ file, normalFile, resources, body, rawBody, sameBody },
    next: everDifferent(body),
    nextRaw: everDifferent(rawBody),
    nextSame: everDifferent(sameBody),
  };
}

function bytesOf(value) {
  return Buffer.from(JSON.stringify(value));
}
