using Registry.Api.Routing;

namespace Registry.Api.Contract.Examples;

/// <summary>
/// The records in examples. Reads use records of the default catalogue. Writes, run in the order of the contract, use
/// only records of earlier examples: POST creates one record of each collection for later steps; PUT creates another,
/// which is updated, deleted and restored.
/// </summary>
internal static class ExamplePaths
{
    /// <summary>The ids of resources that are not records.</summary>
    private static readonly Dictionary<string, string> Services = new()
    {
        ["subscriptions"] = SubscriptionExamples.Id,
        ["imports"] = ImportExamples.Id,
        ["keys"] = KeyExamples.Id,
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
        if (Services.TryGetValue(collection, out var id))
        {
            return id;
        }

        var examples = RecordResources.Of(collection).Examples;
        return !kind.IsWrite() ? examples.Read
            // A POST below a forum uses a forum of the catalogue, because it needs one with members and bodies.
            : collection == "forums" && behind.Length > 0 && behind != "restore" ? examples.Read
            : behind == "merge" ? ImportExamples.Twice[collection]
            : behind is "" or "restore" ? examples.Replaced
            : examples.Created;
    }
}
