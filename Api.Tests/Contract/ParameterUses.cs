using System.Text.Json.Nodes;
using Registry.Api.Tests.Support;
using static Registry.Api.Tests.Contract.Effects;
using static Registry.Api.Tests.Contract.ParameterScene;

namespace Registry.Api.Tests.Contract;

/// <summary>
/// What every parameter of every read does, with values on the default catalogue that show it. A new parameter gets a row
/// here: under its name alone where it means the same everywhere, else as operationId.name.
/// </summary>
internal static class ParameterUses
{
    private const string Ministerial = "cica-informal-ministerial-2022-09";

    public static readonly ParameterUse[] All =
    [
        // What every list has.
        new("limit", Shortens),
        new("cursor", Continues) { Refused = ["nonsense", new string('a', 2001)] },
        new("sort", Sorts),
        new("count", Counts),
        new("fields", Chooses) { Refused = ["nonsense", ","] },
        new("format", ComesAs) { Refused = ["docx"] },
        new("bom", IsMarked) { Beside = _ => "format=csv" },
        new("expand", Includes),
        new("lang", Gives("ru", ShowsRussian)),
        new("If-None-Match", SavesTheAnswer)
        {
            NeverRefused = "A tag that means nothing is another tag (RFC 9110, 13.1.2).",
        },
        new("knownAt", GoesBack) { Refused = ["yesterday", "2026-06-30", "2126-01-01T00:00:00Z"] },
        new(
            "changedSince",
            Keeps(
                scene => scene.Then,
                (item, scene) => string.CompareOrdinal((string?)item["recordedAt"], scene.Then) > 0
            )
        )
        {
            Refused = ["yesterday", "2026-06-30"],
        },
        new("deleted", ShowsTheDeleted) { Beside = scene => $"changedSince={scene.Then}" },
        // What every record has.
        new("version", GivesTheVersion),
        .. ExpandingOf(
            "getBody",
            "getChairmanship",
            "getClaim",
            "getDocument",
            "getForum",
            "getMeeting",
            "getMembership",
            "getMinister",
            "getOutcome",
            "getPost",
            "getAppointment",
            "getSource",
            "getState"
        ),
        // Filters that go by a member of the same name.
        new("kind", Keeps("council,foreign-minister,ministerial,statement,press", "kind")),
        new("status", Keeps("held,adopted", "status")),
        new("forum", Keeps("CICA,UN", "forum")) { Refused = [new string('A', 101)] },
        new("minister", Keeps("wang-yi,valery-semerikov", "minister")),
        new("post", Keeps("net-post,kaz.foreign-minister", "post")),
        new(
            "acting",
            Keeps("true", item => (bool?)item["acting"] == true),
            Keeps("false", item => (bool?)item["acting"] != true)
        ),
        new("on", Keeps("2021-03-01", item => MayHold(item, "2021-03-01", "2021-03-01"))),
        new("from", Keeps("2021-03-01", item => MayHold(item, first: "2021-03-01"))),
        new("until", Keeps("2021-03-01", item => MayHold(item, last: "2021-03-01"))),
        // Forums and bodies.
        new("listBodies.kind", Keeps("council,secretariat", "kind")),
        new(
            "listBodies.on",
            Keeps("2003-01-01", item => MayHold(item, "2003-01-01", "2003-01-01", "founded", "dissolved"))
        ),
        new(
            "listForums.nature",
            Keeps("treaty,organization", (item, _) => NatureOf(item, RegistryApp.Today) is "treaty" or "organization")
        ),
        new(
            "listForums.on",
            Keeps("1950-01-01", item => MayHold(item, "1950-01-01", "1950-01-01", "founded", "dissolved"))
        ),
        new("listForums.seatCountry", Keeps("KAZ,RUS", "seat.country")),
        new("listForums.identifier", Keeps("wikidata:Q7184", item => HasIdentifier(item, "wikidata", "Q7184")))
        {
            Refused = ["Q7184"],
        },
        new(
            "listForumTimeline.from",
            Keeps("2015-01-01", item => item["date"] is { } date && MayHold(One(date), first: "2015-01-01"))
        ),
        new(
            "listForumTimeline.until",
            Keeps("2015-01-01", item => item["date"] is not { } date || MayHold(One(date), last: "2015-01-01"))
        ),
        // Chairmanships.
        new(
            "listForumChairmanships.on",
            // With a day, the items also say whether they certainly hold on it.
            Gives("2003-01-01", answer => answer.Each(item => item["chairmanship"]) is ["net-1", "net-3"])
        )
        {
            At = "/v1/forums/NET/chairmanships",
        },
        new("listForumChairmanships.body", Keeps("council", "body")) { At = "/v1/forums/NET/chairmanships" },
        new(
            "listChairmanships.body",
            Keeps("NET/council", item => At(item, "forum").Single() == "NET" && (string?)item["body"] == "council")
        ),
        new("listChairmanships.chair", Keeps("KAZ,CSTO", "chair.code")),
        new("listChairmanships.chairKind", Keeps("forum", "chair.kind")),
        // Memberships.
        new("standing", Keeps("observer,suspended", "standing")),
        new("listStateMemberships.standing", Keeps("partner,observer", "standing")),
        new(
            "listMembers.on",
            Gives(
                "2012-12-20",
                answer =>
                    At(answer, "items.member.code")
                        .Order()
                        .SequenceEqual(["ARM", "BLR", "KAZ", "KGZ", "RUS", "TJK", "UZB"])
            )
        )
        {
            At = "/v1/forums/CSTO/members",
        },
        new("listStateMemberships.on", Gives("1990-01-01", answer => !At(answer, "items.forum").Contains("CIS"))),
        new("member", Keeps("KAZ,EAEU", "member.code")),
        new("memberKind", Keeps("forum", "member.kind")),
        new("listMemberships.standing", Keeps("observer,suspended", "standings.standing")),
        new("listForumMemberships.standing", Keeps("observer,partner", "standings.standing")),
        new(
            "listMemberships.on",
            Keeps(
                "1999-01-01",
                item => item["standings"]!.AsArray().Any(standing => MayHold(standing, "1999-01-01", "1999-01-01"))
            )
        ),
        new(
            "listForumMemberships.on",
            Keeps(
                "2005-01-01",
                item => item["standings"]!.AsArray().Any(standing => MayHold(standing, "2005-01-01", "2005-01-01"))
            )
        ),
        new("reconcileForum.on", Gives("2010-12-31", answer => (string?)answer["on"] == "2010-12-31")),
        new("reconcileForum.standing", Gives("observer", answer => (string?)answer["standing"] == "observer")),
        // States.
        new("listStates.on", Keeps("1985-01-01", item => MayHold(item["existence"], "1985-01-01", "1985-01-01"))),
        new("listStates.region", Keeps("asia,africa", "region")),
        new(
            "listStates.code",
            Keeps("KZ,UZB,417,Q148", item => (string?)item["code"] is "KAZ" or "UZB" or "KGZ" or "CHN")
        ),
        new("listStates.identifier", Keeps("wikidata:Q232", item => HasIdentifier(item, "wikidata", "Q232")))
        {
            Refused = ["Q232"],
        },
        // Ministers, posts, appointments.
        new(
            "listMinisters.post",
            Keeps(
                "net-post,kaz.foreign-minister",
                (item, scene) =>
                    TermsOf(item, scene).Any(term => (string?)term["post"] is "net-post" or "kaz.foreign-minister")
            )
        ),
        new(
            "listMinisters.state",
            Keeps(
                "KAZ,UZB",
                (item, scene) => PostsOf(item, scene).Any(post => (string?)post["of"]!["code"] is "KAZ" or "UZB")
            )
        ),
        new(
            "listMinisters.forum",
            Keeps("NET,CICA", (item, scene) => PostsOf(item, scene).Any(post => ForumOf(post) is "NET" or "CICA"))
        ),
        new(
            "listMinisters.kind",
            Keeps(
                "head-of-secretariat",
                (item, scene) => PostsOf(item, scene).Any(post => (string?)post["kind"] == "head-of-secretariat")
            )
        ),
        new("listMinisters.identifier", Keeps("wikidata:Q307871", item => HasIdentifier(item, "wikidata", "Q307871")))
        {
            Refused = ["Q307871"],
        },
        new("listMinisterTimeline.from", Keeps("2015-01-01", item => MayHold(One(item["date"]!), first: "2015-01-01"))),
        new("listMinisterTimeline.until", Keeps("2015-01-01", item => MayHold(One(item["date"]!), last: "2015-01-01"))),
        new("listMinisterAppointments.post", Keeps("net-post", "post")),
        new("listMinisterAppointments.on", Keeps("2020-05-05", item => MayHold(item, "2020-05-05", "2020-05-05"))),
        new("listMinisterAppointments.from", Keeps("2015-01-01", item => MayHold(item, first: "2015-01-01"))),
        new("listMinisterAppointments.until", Keeps("2015-01-01", item => MayHold(item, last: "2015-01-01"))),
        new(
            "state",
            Keeps(
                "KAZ,CHN",
                item => (string?)item["of"]!["kind"] == "state" && (string?)item["of"]!["code"] is "KAZ" or "CHN"
            )
        ),
        new("listPosts.forum", Keeps("NET,CICA", item => ForumOf(item) is "NET" or "CICA")),
        new("listPosts.body", Keeps("NET/council", "of.code")),
        new("listPosts.kind", Keeps("foreign-minister,head-of-secretariat", "kind")),
        new("listPosts.accreditedTo", Keeps("NET", "accreditedTo")),
        new(
            "listPosts.on",
            Keeps("1980-01-01", item => MayHold(item, "1980-01-01", "1980-01-01", "established", "abolished"))
        ),
        new(
            "listPostHolders.on",
            Gives("2020-05-05", answer => At(answer, "items.minister.id").Single() == "mukhtar-tileuberdi")
        )
        {
            At = "/v1/posts/kaz.foreign-minister/holders",
        },
        new(
            "listPostHolders.acting",
            Keeps("true", item => (bool)item["acting"]!),
            Keeps("false", item => !(bool)item["acting"]!)
        ),
        new("listHolders.kind", Keeps("foreign-minister,head-of-secretariat", "kind")),
        new("listHolders.forum", Keeps("NET,CICA", item => ForumOf(item) is "NET" or "CICA")),
        new("listHolders.body", Keeps("CICA/secretariat", "of.code")),
        new(
            "listHolders.memberOf",
            Gives(
                "CICA",
                answer =>
                    At(answer, "items.of.code").Contains("VNM")
                    && !At(answer, "items.of.code").Contains("BLR")
                    && At(answer, "items.holding").Contains("unknown")
            )
        )
        {
            Beside = _ => "kind=foreign-minister",
            Refused = ["!CICA", "NOPE"],
        },
        new("listHolders.minister", Keeps("wang-yi,kairat-sarybay", "minister.id")),
        new(
            "listHolders.on",
            Gives("2020-05-05", answer => At(answer, "items.minister.id").Contains("mukhtar-tileuberdi"))
        ),
        // Meetings.
        new(
            "listMeetings.body",
            Keeps("CICA/summit", item => (string?)item["forum"] == "CICA" && (string?)item["body"] == "summit")
        ),
        new("listForumMeetings.body", Keeps("summit", "body")),
        new("listMeetings.kind", Keeps("summit,council", "kind")),
        new("listForumMeetings.kind", Keeps("summit,council", "kind")),
        new("meetingFormat", Keeps("informal,special", "format")),
        new("country", Keeps("USA,CHN", "country")),
        new("host", Keeps("KAZ,CHN", "host")),
        new("listMeetings.chair", Keeps("KAZ,CHN", "chair.member.code")),
        new("listForumMeetings.chair", Keeps("KAZ,CHN", "chair.member.code")),
        new("onMarginsOf", Keeps("unga-77", "onMarginsOf")),
        new("listMeetings.status", Keeps("planned", "status")),
        new("listForumMeetings.status", Keeps("planned", "status")),
        new("listMeetings.on", Keeps("2022-09-21", item => MayMeet(item, "2022-09-21", "2022-09-21"))),
        new("listMeetings.from", Keeps("2020-01-01", item => MayMeet(item, first: "2020-01-01"))),
        new("listMeetings.until", Keeps("2020-01-01", item => MayMeet(item, last: "2020-01-01"))),
        new("listForumMeetings.on", Keeps("2022-09-21", item => MayMeet(item, "2022-09-21", "2022-09-21"))),
        new("listForumMeetings.from", Keeps("2020-01-01", item => MayMeet(item, first: "2020-01-01"))),
        new("listForumMeetings.until", Keeps("2020-01-01", item => MayMeet(item, last: "2020-01-01"))),
        new("listParticipants.capacity", Keeps("chair", "capacity")),
        new(
            "listDelegations.standing",
            Gives("observer", answer => At(answer, "items.standing").Distinct().Single() == "observer")
        ),
        // Documents.
        new(
            "listDocuments.body",
            Keeps("CICA/summit", item => (string?)item["forum"] == "CICA" && (string?)item["body"] == "summit")
        ),
        new("listDocuments.kind", Keeps("statement,charter", "kind")),
        new("symbol", Keeps("A/RES/60/288", "symbol")),
        new("listDocuments.status", Keeps("signed,discussed", "status")),
        new(
            "listDocuments.on",
            Keeps("2010-01-01", item => Steps(item).Any(step => MayHold(One(step!["on"]!), last: "2010-01-01")))
        ),
        new(
            "listDocuments.from",
            Keeps("2022-08-01", item => Steps(item).Any(step => MayHold(One(step!["on"]!), first: "2022-08-01")))
        ),
        new(
            "listDocuments.until",
            Keeps("2022-08-01", item => Steps(item).Any(step => MayHold(One(step!["on"]!), last: "2022-08-01")))
        ),
        new("adoptedAt", Keeps("cica-summit-6", item => Took(item, "adopted", "cica-summit-6"))),
        new("discussedAt", Keeps(Ministerial, item => Took(item, "discussed", Ministerial))),
        new("signedAt", Keeps("net-meeting", item => Took(item, "signed", "net-meeting"))),
        new("listDocuments.meeting", Keeps("cica-summit-1", "steps.meeting")),
        new("relatedTo", Keeps("cica-astana-statement-2022", IsRelated)),
        new(
            "listMeetingDocuments.status",
            Keeps("discussed", item => Took(item, "discussed", "net-meeting")),
            Keeps("signed", item => Took(item, "signed", "net-meeting"))
        ),
        // Outcomes.
        new("listOutcomes.forum", Keeps("CSTO", (item, scene) => (string?)MeetingOf(item, scene)["forum"] == "CSTO")),
        new(
            "listOutcomes.body",
            Keeps("CICA/summit", (item, scene) => (string?)MeetingOf(item, scene)["body"] == "summit")
        ),
        new("listOutcomes.meeting", Keeps("cica-summit-1", "meeting")),
        new("verb", Keeps("noted,adopted", "verb")),
        new("agendaItem", Keeps("1.1", "agendaItem")),
        new("actor", Keeps("CICA/summit", "actors.code")),
        new("mentions", Keeps("UN", "mentions.code")),
        new("listOutcomes.document", Keeps("cica-astana-statement-2022", "document")),
        new("followUp", Keeps("done", "followUp.status")),
        new(
            "listOutcomes.from",
            Keeps("2015-01-01", (item, scene) => MayMeet(MeetingOf(item, scene), first: "2015-01-01"))
        ),
        new(
            "listOutcomes.until",
            Keeps("2015-01-01", (item, scene) => MayMeet(MeetingOf(item, scene), last: "2015-01-01"))
        ),
        new("listFollowUps.forum", Keeps("NET", (item, scene) => (string?)MeetingOf(item, scene)["forum"] == "NET")),
        new("listFollowUps.status", Keeps("overdue", "status")),
        new("who", Keeps("CICA/summit", "who.code")),
        new("listFollowUps.on", Gives("2010-01-01", answer => !At(answer, "items.meeting").Contains(Ministerial))),
        // Sources and claims.
        new("listSources.kind", Keeps("press,treaty", "kind")),
        new("language", Keeps("ru,ar", "language")),
        new("reliability", Keeps("high,low", "reliability")),
        new("url", Keeps("https://www.s-cica.org/", "url")),
        new(
            "listSources.from",
            Keeps("2022-09-30", item => item["published"] is not { } date || MayHold(One(date), first: "2022-09-30"))
        ),
        new(
            "listSources.until",
            Keeps("2022-09-30", item => item["published"] is not { } date || MayHold(One(date), last: "2022-09-30"))
        ),
        new("listSourceCitations.collection", Keeps("claims", "collection")) { Refused = [new string('a', 101)] },
        new("disputed", Keeps("true", IsDisputed), Keeps("false", (item, scene) => !IsDisputed(item, scene))),
        new(
            "listClaims.forum",
            Keeps("CICA", item => ((string)item["subject"]!["id"]!).StartsWith("cica.", StringComparison.Ordinal))
        ),
        new("listClaims.collection", Keeps("appointments", "subject.collection")),
        new("listClaims.subject", Keeps("csto.uzb", "subject.id")),
        new("field", Keeps("/standings/0/from", "field")),
        new("source", Keeps("wikidata,cis-about", "source")),
        new(
            "preferred",
            Keeps("true", item => (bool)item["preferred"]!),
            Keeps("false", item => !(bool)item["preferred"]!)
        ),
        new("rival", Keeps("true", item => (bool)item["rival"]!), Keeps("false", item => !(bool)item["rival"]!)),
        // Changes.
        new("listChanges.limit", Shortens),
        new("listChanges.after", Gives("100", answer => (long)answer["items"]![0]!["sequence"]! == 101)),
        new(
            "listChanges.since",
            Gives(
                scene => scene.Then,
                (answer, scene) => At(answer, "items.instant").All(at => string.CompareOrdinal(at, scene.Then) > 0)
            )
        )
        {
            Refused = ["yesterday", "2126-01-01T00:00:00Z", $"{ParameterScene.Before}&after=1"],
        },
        new("streamChanges.since", StreamsSince)
        {
            Refused = ["yesterday", "2126-01-01T00:00:00Z", $"{ParameterScene.Before}&after=1"],
        },
        new(
            "listChanges.collection",
            Gives("claims", answer => At(answer, "items.collection").Distinct().Single() == "claims")
        ),
        new(
            "listChanges.subject",
            Gives("bodies/CICA/secretariat", answer => At(answer, "items.id").First() == "CICA/secretariat")
        ),
        new("listChanges.wait", Waits),
        new("listChanges.before", FeedsBefore),
        new("streamChanges.after", Streams(after: true)),
        new("Last-Event-ID", Streams(after: false))
        {
            NeverRefused = "Browsers send what they have got, and cannot do otherwise.",
        },
        new("streamChanges.collection", StreamsOnly("collection", "claims", "\"collection\":\"claims\"")),
        new("streamChanges.subject", StreamsOnly("subject", "forums/NET", "\"id\":\"NET\"")),
        // Search.
        new("q", Gives("swaziland", answer => At(answer, "items.id").First() == "SWZ"))
        {
            Refused = ["", "!!!", new string('a', 101)],
        },
        new("types", Gives("forums", answer => At(answer, "items.type").Distinct().Single() == "forums"))
        {
            At = "/v1/search?q=cica",
            Refused = ["planets"],
        },
        new("searchNames.limit", Shortens) { At = "/v1/search?q=minister" },
        new(
            "getReconciliationService.queries",
            Gives("""{"q0":{"query":"Kazakstan"}}""", answer => At(answer, "q0.result.id").First() == "states/KAZ")
        )
        {
            Refused = ["{", "[]"],
        },
        new(
            "getReconciliationService.extend",
            Gives(
                """{"ids":["states/KAZ"],"properties":[{"id":"alpha2"}]}""",
                answer => (string?)answer["rows"]!["states/KAZ"]!["alpha2"]![0]!["str"] == "KZ"
            )
        )
        {
            Refused = ["{", "[]"],
        },
        new("proposeProperties.type", Gives("forums", answer => At(answer, "properties.id").Contains("founded")))
        {
            Refused = ["planets", new string('a', 31)],
        },
        new("proposeProperties.limit", Gives("3", answer => answer["properties"]!.AsArray().Count == 3)),
        new("suggestProperties.prefix", Gives("alpha", answer => At(answer, "result.id").Single() == "alpha2"))
        {
            Refused = ["", new string('a', 101)],
        },
        new("suggestTypes.prefix", Gives("for", answer => At(answer, "result.id").Single() == "forums"))
        {
            Refused = ["", new string('a', 101)],
        },
        new("suggestProperties.cursor", Gives("1", answer => At(answer, "result.id").Any()))
        {
            At = "/v1/reconcile/suggest/property?prefix=c",
        },
        new("suggestTypes.cursor", Gives("1", answer => !At(answer, "result.id").Any())),
        new("prefix", Gives("uzb", answer => At(answer, "result.id").Contains("states/UZB")))
        {
            Refused = ["", new string('a', 101)],
        },
        new(
            "suggestEntities.type",
            Gives(
                "ministers",
                answer => At(answer, "result.id").All(id => id.StartsWith("ministers/", StringComparison.Ordinal))
            )
        )
        {
            At = "/v1/reconcile/suggest?prefix=ka",
            Refused = ["planets"],
        },
        new("suggestEntities.cursor", Gives("1", answer => At(answer, "result.id").Any()))
        {
            At = "/v1/reconcile/suggest?prefix=ka",
            Refused = ["-1", "51", "x"],
        },
        // Imports and subscriptions.
        new("listImports.status", Keeps("refused", "status")),
        new("result", Keeps("refused", "result")),
        new("listSubscriptions.status", Keeps("paused", "status")),
        // Keys and the audit log.
        new("listKeys.status", Keeps("revoked", "status")),
        new("listKeys.role", Keeps("editor", "role")),
        new("listAudit.action", Keeps("key-created", "action")),
        new("listAudit.actor", Keeps("catalogue", "actor")) { Refused = [new string('a', 101)] },
        new("listAudit.key", Keeps("settings:admin", "keyId")) { Refused = [new string('a', 101)] },
        new(
            "listAudit.request",
            Keeps(scene => scene.Revocation, (item, scene) => (string?)item["requestId"] == scene.Revocation)
        )
        {
            Refused = [new string('a', 101)],
        },
        new(
            "listAudit.since",
            Keeps(scene => scene.Then, (item, scene) => string.CompareOrdinal((string?)item["at"], scene.Then) >= 0)
        )
        {
            Refused = ["yesterday", "2026-06-30"],
        },
        new(
            "listAudit.before",
            Keeps(scene => scene.Then, (item, scene) => string.CompareOrdinal((string?)item["at"], scene.Then) < 0)
        )
        {
            Refused = ["yesterday", "2026-06-30"],
        },
        new(
            "sequence",
            Keeps(scene => scene.Delivered, (item, scene) => item["sequence"]?.ToJsonString() == scene.Delivered)
        ),
    ];

    /// <summary>Known faults, as operationId.name or the name for all lists; whoever mends one takes it out.</summary>
    public static readonly HashSet<string> Awaited = [];

    /// <summary>The member of an item that an order goes by, where it is not of its name; - where no member shows it.</summary>
    public static readonly Dictionary<string, string> SortPaths = new()
    {
        ["member"] = "member.code",
        ["chair"] = "chair.code",
        ["date"] = "starts",
        ["since"] = "since",
        ["listChairmanships.since"] = "from",
        ["listForumChairmanships.name"] = "chair.name",
        ["listMembers.name"] = "member.name",
        ["listDelegations.member"] = "member.code",
        ["listDelegations.name"] = "member.name",
        ["listMinisters.name"] = "sortName",
        ["listDocuments.date"] = "date",
        ["listMeetingDocuments.date"] = "date",
        ["listOutcomes.date"] = "-",
        ["listForumTimeline.date"] = "date",
        ["listMinisterTimeline.date"] = "date",
        ["listFollowUps.id"] = "outcome",
        ["listFollowUps.date"] = "-",
        ["position"] = "-",
        ["listPostHolders.name"] = "-",
        ["listHolders.name"] = "-",
        ["listClaims.subject"] = "subject.collection",
        ["listSourceCitations.record"] = "collection",
        ["existence"] = "existence.from",
        ["listDeliveries.at"] = "at",
        ["listImports.id"] = "id",
    };

    /// <summary>Where the lists have several items whose examples have one or none.</summary>
    public static readonly Dictionary<string, string> Places = new()
    {
        ["listForumChairmanships"] = "/v1/forums/CICA/chairmanships",
        ["reviewChairmanships"] = "/v1/forums/NET/chairmanships/review",
        ["listImportRows"] = "/v1/imports/net-rows/rows",
        ["listDeliveries"] = "/v1/subscriptions/net-portal/deliveries",
        ["listPostHolders"] = "/v1/posts/net-shared/holders",
        ["listMeetingDocuments"] = "/v1/meetings/net-meeting/documents",
        ["searchNames"] = "/v1/search?q=minister",
    };

    /// <summary>The row for the parameter: that of the operation, or that of its name.</summary>
    public static ParameterUse? Of(string operation, string parameter) =>
        All.SingleOrDefault(use => use.Key == $"{operation}.{parameter}")
        ?? All.SingleOrDefault(use => use.Key == parameter);

    private static IEnumerable<ParameterUse> ExpandingOf(params string[] operations) =>
        operations.Select(operation => new ParameterUse($"{operation}.expand", ShowsClaims));

    private static JsonObject One(JsonNode date) => new() { ["from"] = date.DeepClone(), ["until"] = date.DeepClone() };

    private static bool HasIdentifier(JsonNode item, string scheme, string value) =>
        item["identifiers"]?.AsArray().Any(one => (string?)one!["scheme"] == scheme && (string?)one["value"] == value)
        == true;

    private static string? NatureOf(JsonNode forum, DateOnly day)
    {
        var text = day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return (string?)
            (forum["stages"]?.AsArray() ?? []).LastOrDefault(stage => MayHold(stage, text, text))?["nature"];
    }

    private static bool MayMeet(JsonNode meeting, string? first = null, string? last = null) =>
        MayHold(
            new JsonObject
            {
                ["from"] = meeting["starts"]?.DeepClone(),
                ["until"] = (meeting["ends"] ?? meeting["starts"])?.DeepClone(),
            },
            first,
            last
        );

    private static IEnumerable<JsonNode> TermsOf(JsonNode minister, ParameterScene scene) =>
        scene.All("appointments").Where(term => (string?)term["minister"] == (string?)minister["id"]);

    private static IEnumerable<JsonNode> PostsOf(JsonNode minister, ParameterScene scene) =>
        TermsOf(minister, scene).Select(term => scene.Find("posts", (string?)term["post"])!);

    private static string? ForumOf(JsonNode post) =>
        (string?)post["of"]!["kind"] == "body" ? ((string)post["of"]!["code"]!).Split('/')[0] : null;

    private static JsonNode MeetingOf(JsonNode outcome, ParameterScene scene) =>
        scene.Find("meetings", (string?)outcome["meeting"])!;

    private static JsonArray Steps(JsonNode document) => document["steps"]!.AsArray();

    private static bool Took(JsonNode document, string status, string meeting) =>
        Steps(document).Any(step => (string?)step!["status"] == status && (string?)step["meeting"] == meeting);

    private static bool IsRelated(JsonNode document, ParameterScene scene)
    {
        const string To = "cica-astana-statement-2022";
        return At(document, "relations.document").Contains(To)
            || At(scene.Find("documents", To), "relations.document").Contains((string)document["id"]!);
    }

    private static bool IsDisputed(JsonNode claim, ParameterScene scene) =>
        scene
            .All("claims")
            .Where(other =>
                JsonNode.DeepEquals(other["subject"], claim["subject"])
                && (string?)other["field"] == (string?)claim["field"]
            )
            .Select(other => other["value"]?.ToJsonString())
            .Distinct()
            .Count() > 1;
}
