// What a program does with the client that NSwag makes from openapi.yaml:
//
//   dotnet run --project clients/csharp -- http://localhost:5080 KEY
using System.Web;
using Registry.Client;

using var http = new HttpClient { BaseAddress = new Uri(args[0]) };
http.DefaultRequestHeaders.Add("X-Api-Key", args[1]);
var registry = new RegistryClient(http);

// Lists: the items have types, and so have the words that filter and sort them.
var forums = (await registry.ListForumsAsync(sort: [ListForumsSort.Name], limit: 200, count: true)).Result;
Show($"{forums.Total} forums, from {forums.Items[0].Name}");
Require(forums.Items.Any(forum => forum.Code == "CICA"), "The catalogue has CICA.");

// Who was a member on a day? An instant tells what was known then.
const string Day = "2022-10-12";
var members = (await registry.ListMembersAsync("CICA", on: Day, standing: [StandingKind.Member])).Result.Items;
Show($"{members.Count} members of CICA on {Day}, {members[0].Member.Name} since {members[0].Since}");
Require(members.Count == 27, "Kuwait came a day later.");

// A meeting, what was on its agenda and what it did.
var meeting = (await registry.GetMeetingAsync("cica-informal-ministerial-2022-09")).Result;
var agenda = (await registry.ListAgendaAsync(meeting.Id)).Result.Items;
var outcomes = (await registry.ListMeetingOutcomesAsync(meeting.Id)).Result.Items;
Show($"{meeting.Name}: {agenda.Count} items, of which it {outcomes[0].Verb} {outcomes[0].Name}");
Require(meeting.Kind == MeetingKind.Ministerial && agenda.Count > 0, "It was ministerial, and had an agenda.");

// Names are found in any script, former ones too.
var hits = (await registry.SearchNamesAsync("zaire")).Result.Items;
Show($"{hits[0].Matched.Text} is {hits[0].Name} by now");
Require(hits[0].Id == "COD" && hits[0].Former == true, "The name is a former one.");

// A forum is put on file. Sent again with the same key, it is answered as before.
var code = $"TOUR-{Guid.NewGuid().ToString("N")[..8].ToUpperInvariant()}";
var key = Guid.NewGuid().ToString();
var draft = new ForumInput
{
    Code = code,
    Names =
    [
        new Name
        {
            Kind = NameKind.Official,
            Language = "en",
            Text = "Forum of the Tour",
        },
    ],
    Founded = "2020-05",
    Seat = new Seat { City = "Astana", Country = "KAZ" },
};
var created = await registry.CreateForumAsync(draft, x_Reason: "A tour of the client", idempotency_Key: key);
var again = await registry.CreateForumAsync(draft, x_Reason: "A tour of the client", idempotency_Key: key);
Show($"{created.StatusCode} {created.Headers["Location"].Single()}, version {created.Result.Version}");
Require(again.StatusCode == 201 && TagOf(again) == TagOf(created), "It was created once.");

// Two states are admitted, one after the other.
foreach (var state in new[] { "KAZ", "PER" })
{
    var admission = new Admission
    {
        Member = new Party { Kind = PartyKind.State, Code = state },
        Standing = StandingKind.Observer,
        From = "2021",
    };
    var admitted = (await registry.AdmitMemberAsync(code, admission)).Result;
    Show($"{admitted.Id}: {admitted.Standings[0].Standing} since {admitted.Standings[0].From}");
}

// A change names the version it means. What is not set stays; null, said by name, removes.
var read = await registry.GetForumAsync(code);
var patch = new ForumPatch { Seat = new SeatPatch { City = "Almaty" } };
patch.AdditionalProperties["founded"] = null!;
var corrected = (await registry.CorrectForumAsync(code, patch, if_Match: TagOf(read))).Result;
Show($"{corrected.Name}, {corrected.Seat!.City} ({corrected.Seat.Country}), version {corrected.Version}");
Require(corrected is { Version: 2, Founded: null, Seat: { City: "Almaty", Country: "KAZ" } }, "All else stays.");

// Refusals are problems with a type of their own.
var stale = await RefusedAsync(() => registry.CorrectForumAsync(code, patch, if_Match: TagOf(read)));
Require(stale is { Status: 412, Type: "/problems/stale-version" }, "The version has passed.");
var unknown = await RefusedAsync(() => registry.GetForumAsync("NOWHERE"));
Require(unknown is { Status: 404, Type: "/problems/not-found" }, "There is no such forum.");
var inUse = await RefusedAsync(() => registry.DeleteForumAsync(code, if_Match: "*"));
Require(inUse is { Status: 409, Type: "/problems/still-in-use" }, "It has members.");
var invalid = await RefusedAsync(() => registry.CreateForumAsync(new ForumInput { Code = "x", Names = draft.Names }));
Require(invalid.Errors!.ContainsKey("code"), "Every field at fault is named.");

// A list is followed page by page, by the cursor of the address in next.
var memberships = new List<Membership>();
string? cursor = null;
do
{
    var page = (await registry.ListForumMembershipsAsync(code, limit: 1, cursor: cursor)).Result;
    memberships.AddRange(page.Items);
    cursor = page.Next is null
        ? null
        : HttpUtility.ParseQueryString(new Uri(http.BaseAddress, page.Next).Query)["cursor"];
} while (cursor is not null);
Require(memberships.Select(membership => membership.Member.Code).SequenceEqual(["KAZ", "PER"]), "Each comes once.");

foreach (var membership in memberships)
{
    await registry.DeleteMembershipAsync(membership.Id, if_Match: $"\"{membership.Version}\"");
}

await registry.DeleteForumAsync(code, if_Match: "*");
var gone = await RefusedAsync(() => registry.GetForumAsync(code));
Require(gone is { Status: 410, Type: "/problems/gone" }, "It is off file.");
Show("The tour is over.");

static string TagOf<T>(Answer<T> answer) => answer.Headers["ETag"].Single();

static async Task<Problem> RefusedAsync(Func<Task> request)
{
    try
    {
        await request();
    }
    catch (RefusedException<Problem> refused)
    {
        Show($"{refused.Result.Status} {refused.Result.Type}: {refused.Result.Detail ?? refused.Result.Title}");
        return refused.Result;
    }

    throw new InvalidOperationException("It was not refused.");
}

static void Show(string line) => Console.WriteLine(line);

static void Require(bool held, string promise)
{
    if (!held)
    {
        throw new InvalidOperationException($"Not so: {promise}");
    }
}
