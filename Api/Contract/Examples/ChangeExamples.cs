using System.Text.Json.Nodes;
using Registry.Api.Features.Changes;
using Registry.Api.Features.Index;
using Registry.Api.Features.Meetings;
using Registry.Api.Http;
using Registry.Api.Http.Lists;
using Registry.Infrastructure.Forums;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of changes, streams, feeds and the export.</summary>
internal static class ChangeExamples
{
    public const string Next = "/v1/changes?limit=100&after=1042";

    public static readonly Dictionary<Type, object> Answers = new()
    {
        [typeof(ApiIndex)] = new ApiIndex
        {
            Documentation = "/swagger",
            Contract = ContractServices.YamlAddress,
            Feed = "/v1/changes?format=atom",
            Export = "/v1/export",
            Health = "/health/ready",
            Collections =
            [
                new IndexEntry
                {
                    Name = "search",
                    Path = "/v1/search",
                    Operations = [new IndexOperation { Method = "GET", Path = "/v1/search" }],
                },
            ],
        },
        [typeof(ChangeEntry)] = new ChangeEntry
        {
            Sequence = 1042,
            Instant = OperationExamples.Recorded,
            Actor = "catalogue",
            Collection = "memberships",
            Id = "cica.kwt",
            Version = 1,
            Operation = ChangeOperation.Created,
            Record = OperationExamples.OfAnswer(typeof(MembershipModel)),
        },
    };

    private const string Events = """
        retry: 2000

        id: 1042
        event: created
        data: {"sequence":1042,"instant":"2026-01-15T09:30:00.000000Z","actor":"catalogue","collection":"memberships",...}

        : still here

        """;

    private const string Lines = """
        {"sequence":1042,"instant":"2026-01-15T09:30:00.000000Z"}
        {"collection":"states","id":"KAZ","version":1,"record":{"code":"KAZ","name":"Kazakhstan",...}}
        {"collection":"forums","id":"CICA","version":1,"record":{"code":"CICA",...}}

        """;

    private const string OutcomeFeed = """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
          <id>tag:registry.example,2026:v1/outcomes?forum=CICA&amp;format=atom</id>
          <title>Outcomes of CICA</title>
          <updated>2026-01-15T09:30:00.000000Z</updated>
          <link rel="self" href="https://registry.example/v1/outcomes?forum=CICA&amp;format=atom" />
          <author><name>Registry</name></author>
          <entry>
            <id>tag:registry.example,2026:outcomes/cica-summit-6.1</id>
            <title>adopted: Astana Statement on CICA Transformation</title>
            <updated>2026-01-15T09:30:00.000000Z</updated>
            <link rel="alternate" href="https://registry.example/v1/outcomes/cica-summit-6.1" />
            <category term="adopted" />
          </entry>
        </feed>
        """;

    private const string ChangeFeed = """
        <?xml version="1.0" encoding="utf-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom">
          <id>tag:registry.example,2026:v1/changes?subject=forums/CICA&amp;format=atom</id>
          <title>Changes of forums/CICA</title>
          <updated>2026-01-15T09:30:00.000000Z</updated>
          <link rel="self" href="https://registry.example/v1/changes?subject=forums/CICA&amp;format=atom" />
          <author><name>Registry</name></author>
          <entry>
            <id>tag:registry.example,2026:changes/1042</id>
            <title>memberships/cica.kwt: created</title>
            <updated>2026-01-15T09:30:00.000000Z</updated>
            <link rel="alternate" href="https://registry.example/v1/memberships/cica.kwt" />
            <author><name>catalogue</name></author>
            <category term="memberships" />
            <category term="created" />
            <summary>memberships/cica.kwt, version 1, created by catalogue.</summary>
          </entry>
        </feed>
        """;

    private const string Calendar = """
        BEGIN:VCALENDAR
        VERSION:2.0
        PRODID:-//Registry//Meetings//EN
        CALSCALE:GREGORIAN
        NAME:Meetings of CICA
        BEGIN:VEVENT
        DTEND;VALUE=DATE:20241218
        DTSTAMP:20260115T093000Z
        DTSTART;VALUE=DATE:20241217
        SEQUENCE:0
        STATUS:CONFIRMED
        SUMMARY:Seventh Meeting of the CICA Ministers of Foreign Affairs
        UID:meetings/cica-ministerial-7@registry.example
        URL:https://registry.example/v1/meetings/cica-ministerial-7
        END:VEVENT
        END:VCALENDAR

        """;

    /// <summary>The example of a response that is not JSON.</summary>
    public static JsonNode OfText(Type request, string mediaType) =>
        mediaType switch
        {
            MediaTypes.EventStream => Events,
            MediaTypes.NdJson => Lines,
            MediaTypes.Calendar => Calendar,
            _ => request == typeof(ListOutcomes) ? OutcomeFeed : ChangeFeed,
        };
}
