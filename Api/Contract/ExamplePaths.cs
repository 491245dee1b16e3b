using Registry.Api.Http;

namespace Registry.Api.Contract;

/// <summary>
/// The records in examples. Reads use records of the default catalogue. Writes, run in the order of the contract, use
/// only records of earlier examples: POST creates one record of each collection for later steps; PUT creates another,
/// which is updated, deleted and restored.
/// </summary>
internal static class ExamplePaths
{
    /// <summary>The records that reads use, by collection.</summary>
    private static readonly Dictionary<string, string> Known = new()
    {
        ["forums"] = "CICA",
        ["bodies"] = "secretariat",
        ["states"] = "KAZ",
        ["memberships"] = "cica.kwt",
        ["chairmanships"] = "cica.kaz.2020",
        ["ministers"] = "mukhtar-tileuberdi",
        ["posts"] = "kaz.foreign-minister",
        ["appointments"] = "kaz.foreign-minister.mukhtar-tileuberdi",
        ["meetings"] = "cica-informal-ministerial-2022-09",
        ["documents"] = "cica-astana-statement-2022",
        ["outcomes"] = "cica-informal-ministerial-2022-09.1",
        ["sources"] = "cica-members",
        ["claims"] = "cica.bhr.standings-0-from.forum-general",
        ["subscriptions"] = SubscriptionExamples.Id,
        ["imports"] = ImportExamples.Id,
    };

    /// <summary>The records that POST creates, by collection.</summary>
    public static readonly Dictionary<string, string> Made = new()
    {
        ["forums"] = "EXAMPLE",
        ["bodies"] = "example-body",
        ["states"] = "XEX",
        ["memberships"] = "cica.npl",
        ["chairmanships"] = "example-chairmanship",
        ["ministers"] = "example-minister",
        ["posts"] = "example-post",
        ["appointments"] = "example-appointment",
        ["meetings"] = "example-meeting",
        ["documents"] = "example-document",
        ["outcomes"] = "example-outcome",
        ["sources"] = "example-source",
        ["claims"] = "example-claim",
        ["subscriptions"] = SubscriptionExamples.Id,
        ["imports"] = ImportExamples.Id,
    };

    /// <summary>The records that PUT creates, by collection.</summary>
    public static readonly Dictionary<string, string> Another = new()
    {
        ["forums"] = "EXAMPLE-2",
        ["bodies"] = "another-body",
        ["states"] = "XEY",
        ["memberships"] = "cica.btn",
        ["chairmanships"] = "another-chairmanship",
        ["ministers"] = "another-minister",
        ["posts"] = "another-post",
        ["appointments"] = "another-appointment",
        ["meetings"] = "another-meeting",
        ["documents"] = "another-document",
        ["outcomes"] = "another-outcome",
        ["sources"] = "another-source",
        ["claims"] = "another-claim",
        ["subscriptions"] = SubscriptionExamples.Id,
        ["imports"] = ImportExamples.Id,
    };

    /// <summary>The example of a path parameter.</summary>
    /// <param name="path">The path, such as <c>v1/forums/{forum}/bodies/{code}</c>.</param>
    /// <param name="name">The parameter.</param>
    /// <param name="kind">The kind of the operation.</param>
    public static string Of(string path, string name, OperationKind kind)
    {
        var segments = path.Split('/');
        var place = Array.IndexOf(segments, $"{{{name}}}");
        var collection = segments[place - 1];
        var behind = string.Join('/', segments.Skip(place + 1));
        return !kind.IsWrite() ? Known[collection]
            // The parts of a forum are added to one that has members and bodies.
            : collection == "forums" && behind.Length > 0 && behind != "restore" ? Known[collection]
            : behind == "merge" ? ImportExamples.Twice[collection]
            : behind is "" or "restore" ? Another[collection]
            : Made[collection];
    }
}
