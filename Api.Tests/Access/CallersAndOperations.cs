using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Registry.Api.Tests.Contract;
using Registry.Api.Tests.Support;

namespace Registry.Api.Tests.Access;

/// <summary>Every operation of the contract and every kind of caller: who is refused, and how.</summary>
public sealed class CallersAndOperations(Engine engine) : AccessTest(engine)
{
    private static readonly string[] OfAnyone =
    [
        "exportRegistry",
        "getAppointment",
        "getBody",
        "getCaller",
        "getChairmanship",
        "getClaim",
        "getDocument",
        "getForum",
        "getIndex",
        "getMeeting",
        "getMeetingChair",
        "getMembership",
        "getMinister",
        "getOutcome",
        "getPost",
        "getReconciliationService",
        "getSource",
        "getState",
        "listAgenda",
        "listAppointmentHistory",
        "listAppointments",
        "listBodies",
        "listBodyHistory",
        "listChairmanshipHistory",
        "listChairmanships",
        "listChanges",
        "listClaimHistory",
        "listClaims",
        "listDelegations",
        "listDocumentHistory",
        "listDocuments",
        "listFollowUps",
        "listForumChairmanships",
        "listForumHistory",
        "listForumMeetings",
        "listForumMemberships",
        "listForumTimeline",
        "listForums",
        "listHolders",
        "listMeetingDocuments",
        "listMeetingHistory",
        "listMeetingOutcomes",
        "listMeetings",
        "listMembers",
        "listMembershipHistory",
        "listMemberships",
        "listMinisterAppointments",
        "listMinisterHistory",
        "listMinisterTimeline",
        "listMinisters",
        "listOutcomeHistory",
        "listOutcomes",
        "listParticipants",
        "listPostHistory",
        "listPostHolders",
        "listPosts",
        "listSourceCitations",
        "listSourceHistory",
        "listSources",
        "listStateHistory",
        "listStateMemberships",
        "listStates",
        "matchNames",
        "proposeProperties",
        "reconcileForum",
        "reconcileNames",
        "reviewChairmanships",
        "searchNames",
        "streamChanges",
        "suggestEntities",
        "suggestProperties",
        "suggestTypes",
    ];

    private static readonly string[] OfEditor =
    [
        "addAgendaItem",
        "addParticipant",
        "admitMember",
        "appointMinister",
        "cancelImport",
        "changeStanding",
        "correctAppointment",
        "correctBody",
        "correctChairmanship",
        "correctClaim",
        "correctDocument",
        "correctForum",
        "correctMeeting",
        "correctMembership",
        "correctMinister",
        "correctOutcome",
        "correctPost",
        "correctSource",
        "correctState",
        "correctSubscription",
        "createBody",
        "createClaim",
        "createDocument",
        "createForum",
        "createMeeting",
        "createMinister",
        "createPost",
        "createSource",
        "createState",
        "createSubscription",
        "deleteAppointment",
        "deleteBody",
        "deleteChairmanship",
        "deleteClaim",
        "deleteDocument",
        "deleteForum",
        "deleteMeeting",
        "deleteMembership",
        "deleteMinister",
        "deleteOutcome",
        "deletePost",
        "deleteSource",
        "deleteState",
        "deleteSubscription",
        "endAppointment",
        "getImport",
        "getSubscription",
        "listDeliveries",
        "listImportRows",
        "listImports",
        "listSubscriptions",
        "mergeMinister",
        "mergePost",
        "preferClaim",
        "recordChairmanship",
        "recordOutcome",
        "replaceAppointment",
        "replaceBody",
        "replaceChairmanship",
        "replaceClaim",
        "replaceDocument",
        "replaceForum",
        "replaceMeeting",
        "replaceMembership",
        "replaceMinister",
        "replaceOutcome",
        "replacePost",
        "replaceSource",
        "replaceState",
        "restoreAppointment",
        "restoreBody",
        "restoreChairmanship",
        "restoreClaim",
        "restoreDocument",
        "restoreForum",
        "restoreMeeting",
        "restoreMembership",
        "restoreMinister",
        "restoreOutcome",
        "restorePost",
        "restoreSource",
        "restoreState",
        "rotateSecret",
        "startImport",
        "takeDocumentStep",
        "takeMeetingStep",
        "testSubscription",
    ];

    private static readonly string[] OfAdmin =
    [
        "correctKey",
        "createKey",
        "getKey",
        "getStatus",
        "listAudit",
        "listKeys",
        "revokeKey",
        "rotateKey",
    ];

    protected override (string Name, string Value)[] Settings => TestTokens.Settings;

    [Test]
    public async Task Each_operation_refuses_each_caller_as_it_should()
    {
        var operations = Operation.Of(await App.ReadAsync("/openapi/v1.json"));
        Assert.That(
            operations.Select(operation => operation.Id),
            Is.EquivalentTo(OfAnyone.Concat(OfEditor).Concat(OfAdmin)),
            "Every operation has a row here."
        );
        var faults = new List<string>();
        foreach (var (caller, credentials, refusals) in await CallersAsync())
        {
            foreach (var operation in operations)
            {
                using var client = App.WithoutKey();
                using var request = Broken(operation);
                credentials(request);
                using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                var expected = refusals(operation.Id);
                var given = answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
                    ? (int)answer.StatusCode
                    : 0;
                if (given != expected || (int)answer.StatusCode >= 500)
                {
                    faults.Add($"{caller}: {operation.Id} is {(int)answer.StatusCode} and not {expected}");
                }
            }
        }

        Assert.That(faults, Is.Empty, string.Join('\n', faults));
    }

    /// <summary>A request that nobody could carry out: who may is told so, and who may not is told only that.</summary>
    private static HttpRequestMessage Broken(Operation operation)
    {
        var request = operation.Request();
        if (!operation.IsRead)
        {
            request.Content = new StringContent("{ broken", Encoding.UTF8, "application/json");
        }

        return request;
    }

    private async Task<
        IReadOnlyList<(string Name, Action<HttpRequestMessage> Credentials, Func<string, int> Refusals)>
    > CallersAsync()
    {
        var reader = await NewAsync("reader");
        var editor = await NewAsync("editor");
        var revoked = await NewAsync("revoked");
        await (await App.SendAsync(HttpMethod.Post, "/v1/keys/revoked/revoke")).OkAsync();
        var expired = await NewAsync("expired");
        await App.QueryAsync<int>("UPDATE ApiKey SET ExpiresAt = '2020-01-01T00:00:00.000000Z' WHERE Id = 'expired'");
        return
        [
            ("nobody", _ => { }, id => OfAnyone.Contains(id) ? 0 : 401),
            ("an unknown key", Key("wrong"), Unknown),
            ("an expired key", Key(expired), Unknown),
            ("a revoked key", Key(revoked), Unknown),
            ("a reader", Key(reader), id => OfAnyone.Contains(id) ? 0 : 403),
            ("an editor", Key(editor), Editor),
            ("an admin", Key(RegistryApp.AdminKey), _ => 0),
            ("a token without a role", Token(TestTokens.Of([])), id => OfAnyone.Contains(id) ? 0 : 403),
            ("the token of an editor", Token(TestTokens.Of(TestTokens.Editor())), Editor),
            ("an expired token", Token(TestTokens.Expired()), Unknown),
            ("a token without a signature", Token(TestTokens.Of(TestTokens.Editor(), algorithm: "none")), Unknown),
            ("a token for others", Token(TestTokens.Of(TestTokens.Editor(), audience: "https://other")), Unknown),
            ("a token of others", Token(TestTokens.Of(TestTokens.Editor(), issuer: "https://other")), Unknown),
        ];

        // Open reads do not ask who calls, but for the one that says it.
        static int Unknown(string id) => OfAnyone.Contains(id) && id != "getCaller" ? 0 : 401;

        static int Editor(string id) => OfAdmin.Contains(id) ? 403 : 0;

        static Action<HttpRequestMessage> Key(string key) => request => request.Headers.Add(Header, key);

        static Action<HttpRequestMessage> Token(string token) =>
            request => request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    private async Task<string> NewAsync(string id) =>
        (string)
            (
                await NewKeyAsync(
                    new
                    {
                        id,
                        label = id,
                        role = id == "reader" ? "reader" : "editor",
                    }
                )
            )["key"]!;
}
