using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Api.Features.Importing;
using Registry.Api.Http;
using Registry.Infrastructure.Changes;
using Registry.Infrastructure.Importing;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Tables;

namespace Registry.Api.Contract.Examples;

/// <summary>Examples of imports, and of the files they take.</summary>
internal static class ImportExamples
{
    /// <summary>The id in the examples.</summary>
    public const string Id = "spring-list";

    /// <summary>The records of the example files that later examples create as well, by collection.</summary>
    public static readonly Dictionary<string, string> Twice = new()
    {
        ["ministers"] = "jane-doe",
        ["posts"] = "example-office",
    };

    /// <summary>The values of parameters.</summary>
    public static readonly Dictionary<(Type Request, string Parameter), string> Parameters = new()
    {
        [(typeof(StartImport), "id")] = Id,
        [(typeof(StartImport), "Prefer")] = "wait=10",
    };

    public static Dictionary<Type, object> Answers =>
        new()
        {
            [typeof(ImportModel)] = new ImportModel
            {
                Id = Id,
                Status = ImportStatus.Refused,
                Form = ImportForm.Csv,
                Collection = "memberships",
                DryRun = false,
                Partial = false,
                Processed = 412,
                Total = 412,
                Created = 3,
                Changed = 2,
                Unchanged = 406,
                Refused = 1,
                LeftOut = 0,
                Problem = ImportProblem.Of(
                    new Refusal("rows-refused", "1 of 412 rows were refused, so nothing was written.")
                ),
                Actor = "admin",
                Received = OperationExamples.Recorded,
                Started = OperationExamples.Recorded.AddMilliseconds(4),
                Ended = OperationExamples.Recorded.AddMilliseconds(730),
            },
            [typeof(ImportRowModel)] = new ImportRowModel
            {
                Line = 87,
                Collection = "memberships",
                Id = "cica.kwt",
                Result = RowResult.Changed,
                Changes =
                [
                    new FieldChange
                    {
                        Op = FieldChangeKind.Replace,
                        Path = "/standings/0/from",
                        From = "2022",
                        To = "2022-10-13",
                    },
                ],
                ReadAs =
                [
                    new CellReading
                    {
                        Line = 87,
                        Column = "from",
                        Cell = "13.10.2022",
                        Value = "2022-10-13",
                        Reason = "day, month, year",
                    },
                ],
            },
        };

    /// <summary>The example file of a media type.</summary>
    public static JsonNode? OfFile(Type request, string mediaType) =>
        // A workbook is binary and has no textual example.
        request != typeof(StartImport)
        || mediaType == MediaTypes.Xlsx
            ? null
        : mediaType == MediaTypes.NdJson
            ? JsonValue.Create(
                Line("ministers", Twice["ministers"], new { names = Text("Jane Doe") })
                    + Line(
                        "posts",
                        Twice["posts"],
                        new
                        {
                            kind = "minister",
                            of = new { kind = "state", code = "KAZ" },
                            titles = Text("Minister for Examples"),
                        }
                    )
            )
        : mediaType == MediaTypes.Csv
            ? JsonValue.Create("forum,member.kind,member.code,standing,from\r\nCICA,state,MDV,observer,2026-05\r\n")
        : new JsonObject { ["persons"] = new JsonArray(new JsonObject { ["id"] = "jane-doe", ["name"] = "Jane Doe" }) };

    private static object[] Text(string text) => [new { language = "en", text }];

    private static string Line(string collection, string id, object record) =>
        JsonSerializer.Serialize(
            new
            {
                collection,
                id,
                record,
            },
            RegistryJson.Options
        ) + "\n";
}
