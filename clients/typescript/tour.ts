// What a program does with openapi-fetch and the types that openapi-typescript makes from openapi.yaml:
//
//   node clients/typescript/out/tour.js http://localhost:5080 KEY
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import createClient from "openapi-fetch";
import type { components, paths } from "./registry.js";

type Problem = components["schemas"]["Problem"];
type Membership = components["schemas"]["Membership"];
type Json = "application/json" | "application/problem+json";

const [address = "http://localhost:5080", apiKey = ""] = process.argv.slice(2);

// Many lists are CSV too, and feeds: the second parameter says that this program reads JSON.
const registry = createClient<paths, Json>({ baseUrl: address, headers: { "X-Api-Key": apiKey } });
registry.use({
  onRequest({ request }) {
    if (request.method === "PATCH") {
      request.headers.set("Content-Type", "application/merge-patch+json");
    }
  },
});

// Lists: the items have types, and so have the words that filter and sort them.
const forums = done(
  await registry.GET("/v1/forums", { params: { query: { sort: ["name"], limit: 200, count: true } } }),
);
console.log(`${forums.total} forums, from ${forums.items[0]?.name}`);
assert(forums.items.some((forum) => forum.code === "CICA"), "The catalogue has CICA.");

// Who was a member on a day? An instant tells what was known then.
const members = done(
  await registry.GET("/v1/forums/{forum}/members", {
    params: { path: { forum: "CICA" }, query: { on: "2022-10-12", standing: ["member"] } },
  }),
).items;
console.log(`${members.length} members of CICA, ${members[0]?.member.name} since ${members[0]?.since}`);
assert.equal(members.length, 27, "Kuwait came a day later.");

// A meeting, what was on its agenda and what it did.
const path = { id: "cica-informal-ministerial-2022-09" };
const meeting = done(await registry.GET("/v1/meetings/{id}", { params: { path } }));
const agenda = done(await registry.GET("/v1/meetings/{id}/agenda", { params: { path } })).items;
const outcomes = done(await registry.GET("/v1/meetings/{id}/outcomes", { params: { path } })).items;
console.log(`${meeting.name}: ${agenda.length} items, of which it ${outcomes[0]?.verb} ${outcomes[0]?.name}`);
assert(meeting.kind === "ministerial" && agenda.length > 0, "It was ministerial, and had an agenda.");

// Names are found in any script, former ones too.
const hits = done(await registry.GET("/v1/search", { params: { query: { q: "zaire" } } })).items;
console.log(`${hits[0]?.matched.text} is ${hits[0]?.name} by now`);
assert(hits[0]?.id === "COD" && hits[0].former, "The name is a former one.");

// A forum is put on file. Sent again with the same key, it is answered as before.
const code = `TOUR-${randomUUID().slice(0, 8).toUpperCase()}`;
const draft: components["schemas"]["ForumInput"] = {
  code,
  names: [{ kind: "official", language: "en", text: "Forum of the Tour" }],
  founded: "2020-05",
  seat: { city: "Astana", country: "KAZ" },
};
const header = { "Idempotency-Key": randomUUID(), "X-Reason": "A tour of the client" };
const created = await registry.POST("/v1/forums", { params: { header }, body: draft });
const again = await registry.POST("/v1/forums", { params: { header }, body: draft });
console.log(`${created.response.status} ${created.response.headers.get("Location")}`);
assert.deepEqual(done(again), done(created), "It was created once.");

// Two states are admitted, one after the other.
for (const state of ["KAZ", "PER"]) {
  const admitted = done(
    await registry.POST("/v1/forums/{forum}/memberships", {
      params: { path: { forum: code } },
      body: { member: { kind: "state", code: state }, standing: "observer", from: "2021" },
    }),
  );
  console.log(`${admitted.id}: ${admitted.standings[0]?.standing} since ${admitted.standings[0]?.from}`);
}

// Whoever has the present version is told so, without the record.
const read = await registry.GET("/v1/forums/{code}", { params: { path: { code } } });
const tag = read.response.headers.get("ETag") ?? "";
const held = await registry.GET("/v1/forums/{code}", {
  params: { path: { code }, header: { "If-None-Match": tag } },
});
assert.equal(held.response.status, 304);

// A change names the version it means. What is left out stays; null removes.
const correct = () =>
  registry.PATCH("/v1/forums/{code}", {
    params: { path: { code }, header: { "If-Match": tag } },
    body: { founded: null, seat: { city: "Almaty" } },
  });
const corrected = done(await correct());
console.log(`${corrected.name}, ${corrected.seat?.city} (${corrected.seat?.country}), version ${corrected.version}`);
assert.equal(corrected.founded, undefined);
assert.deepEqual(corrected.seat, { city: "Almaty", country: "KAZ" }, "All else stays.");

// Refusals are problems with a type of their own.
assert.equal(refused(await correct()).type, "/problems/stale-version");
const nowhere = { params: { path: { code: "NOWHERE" } } };
assert.equal(refused(await registry.GET("/v1/forums/{code}", nowhere)).type, "/problems/not-found");
const remove = () =>
  registry.DELETE("/v1/forums/{code}", { params: { path: { code }, header: { "If-Match": "*" } } });
assert.equal(refused(await remove()).type, "/problems/still-in-use");
const invalid = refused(await registry.POST("/v1/forums", { body: { ...draft, code: "x" } }));
assert(invalid.errors?.["code"], "Every field at fault is named.");

// A list is followed page by page, by the cursor of the address in next.
const memberships: Membership[] = [];
for (let cursor: string | undefined, more = true; more; ) {
  const page: components["schemas"]["MembershipPage"] = done(
    await registry.GET("/v1/forums/{forum}/memberships", {
      params: { path: { forum: code }, query: { limit: 1, ...(cursor && { cursor }) } },
    }),
  );
  memberships.push(...page.items);
  cursor = (page.next && new URL(page.next, address).searchParams.get("cursor")) || undefined;
  more = cursor !== undefined;
}
assert.deepEqual(memberships.map((membership) => membership.member.code), ["KAZ", "PER"], "Each comes once.");

for (const { id, version } of memberships) {
  const { response } = await registry.DELETE("/v1/memberships/{id}", {
    params: { path: { id }, header: { "If-Match": `"${version}"` } },
  });
  assert.equal(response.status, 204);
}

assert.equal((await remove()).response.status, 204);
const gone = refused(await registry.GET("/v1/forums/{code}", { params: { path: { code } } }));
assert.equal(gone.type, "/problems/gone");
console.log("The tour is over.");

/** What was asked for. */
function done<T>(answer: { data?: T; error?: Problem }): T {
  if (answer.data === undefined) {
    throw new Error(`${answer.error?.status} ${answer.error?.type}: ${answer.error?.detail}`);
  }
  return answer.data;
}

/** Why it was refused. */
function refused(answer: { error?: Problem }): Problem {
  assert(answer.error, "It was not refused.");
  console.log(`${answer.error.status} ${answer.error.type}: ${answer.error.detail ?? answer.error.title}`);
  return answer.error;
}
