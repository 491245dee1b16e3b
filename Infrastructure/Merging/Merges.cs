using System.Text.Json;
using System.Text.Json.Nodes;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Engine;
using Registry.Infrastructure.Engine.Connections;
using Registry.Infrastructure.Provenance;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Mapping;
using Registry.Infrastructure.Records.Models;
using Registry.Infrastructure.Records.Writing;

namespace Registry.Infrastructure.Merging;

/// <summary>Merges two records about the same thing.</summary>
/// <remarks>
/// The record that remains gets the additional content of the other one. Every reference to the other one is changed to
/// it, and the id of the other one redirects to it.
/// </remarks>
public sealed class Merges(RegistryDatabase database, RecordStores stores, ClaimStore claims, RecordReader read)
{
    /// <summary>Merges a record into another one.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="store">The store of both records.</param>
    /// <param name="id">The id of the record that is merged away.</param>
    /// <param name="expected">The version of it that the caller has read, or null when any is accepted.</param>
    /// <param name="into">The id of the record that remains.</param>
    /// <returns>The record that remains.</returns>
    /// <exception cref="NotFoundException">The id has never existed.</exception>
    /// <exception cref="GoneException">The record to merge was deleted.</exception>
    /// <exception cref="StaleVersionException">The current version of the record to merge is another one.</exception>
    /// <exception cref="IllegalValueException">Both ids are the same.</exception>
    /// <exception cref="RuleBrokenException">
    /// The record to merge into does not exist, or a record that refers to both is not valid with one of them.
    /// </exception>
    public async Task<StoredRecord> MergeAsync<T, TModel>(
        WriteSession session,
        SlugStore<T, TModel> store,
        string id,
        ExpectedVersion expected,
        string into
    )
        where T : class
        where TModel : SlugModel
    {
        var kind = store.RecordKind;
        if (id == into)
        {
            throw new IllegalValueException("into", "A record cannot be merged into itself.");
        }

        var ending = await store.GetAsync(session, id);
        expected.CheckIfSaid(kind.Noun, id, ending.Version);
        await session.RequireAsync(kind, into);
        foreach (var user in (await store.UsersOfAsync(session, id)).Distinct(StringComparer.Ordinal))
        {
            await PointAsync(session, user, kind, id, into);
        }

        await store.DeleteAsync(session, ending);
        var staying = await session.GetAsync(kind, into);
        var joined = Joined(staying.Record, ending.Record);
        if (joined is not null)
        {
            staying = await store.CorrectAsync(session, into, ExpectedVersion.Any, _ => Read<TModel>(joined));
        }

        var places = new
        {
            kind.Collection,
            OldId = id,
            NewId = into,
            MergedAt = session.Instant,
        };
        await session.DeferAsync(MergeSql.Redirect, places);
        await session.DeferAsync(MergeSql.Insert, places);
        return staying;
    }

    /// <summary>Gets the id of the record that replaced a deleted one, or null when none did.</summary>
    /// <param name="noun">The noun for messages: <c>minister</c>.</param>
    /// <param name="id">The id of the deleted record.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task<string?> SuccessorAsync(string noun, string id, CancellationToken cancellationToken)
    {
        var kind = RecordKinds.All.FirstOrDefault(kind => kind.Noun == noun);
        return kind is null
            ? Task.FromResult<string?>(null)
            : database.ReadAsync(
                connection => connection.RowAsync<string>(MergeSql.Find, new { kind.Collection, OldId = id }),
                cancellationToken
            );
    }

    private async Task PointAsync(WriteSession session, string user, RecordKind kind, string id, string into)
    {
        var (collection, name) = user.Split('/', 2) is [var first, var rest] ? (first, rest) : (user, "");
        if (collection == ClaimStore.Kind.Collection)
        {
            await claims.CorrectAsync(session, name, ExpectedVersion.Any, (string record) => Moved(record, kind, into));
            return;
        }

        var store = stores.Of(collection);
        await store.CorrectAsync(
            session,
            name,
            ExpectedVersion.Any,
            record =>
            {
                var whole = JsonNode.Parse(record)!.AsObject();
                Point(whole, kind, id, into);
                return Read(store.RecordKind.Model, whole);
            }
        );
    }

    /// <summary>Moves a claim to the record that remains; possible unless it is on an item of a list.</summary>
    private ClaimModel Moved(string record, RecordKind kind, string into)
    {
        var claim = JsonNode.Parse(record)!.AsObject();
        var field = new ClaimedField((string)claim["field"]!);
        if (field.Steps.Any(step => step.All(char.IsAsciiDigit)))
        {
            throw new RuleBrokenException(
                "still-in-use",
                $"The claim '{claim["id"]}' is on {field} of the {kind.Noun}, which the other one does not have. "
                    + "Delete it or record it again first."
            );
        }

        claim["subject"]!["id"] = into;
        return Read<ClaimModel>(claim);
    }

    /// <summary>Replaces every reference to the other record, without duplicates in lists.</summary>
    private static void Point(JsonNode? node, RecordKind kind, string id, string into)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    Point(item, kind, id, into);
                }

                foreach (var twice in list.Where((item, at) => list.Take(at).Any(Same(item))).ToArray())
                {
                    list.Remove(twice);
                }

                break;
            case JsonObject whole:
                foreach (var (name, value) in whole.ToArray())
                {
                    var names = name == kind.Noun || (name == "code" && Is(whole["kind"], kind.Noun));
                    if (names && Is(value, id))
                    {
                        whole[name] = into;
                    }
                    else
                    {
                        Point(value, kind, id, into);
                    }
                }

                break;
        }

        static Func<JsonNode?, bool> Same(JsonNode? item) => other => JsonNode.DeepEquals(item, other);
    }

    private static bool Is(JsonNode? node, string text) =>
        node is JsonValue value && value.TryGetValue<string>(out var said) && said == text;

    /// <summary>Combines both records, or returns null when the other one adds nothing.</summary>
    /// <remarks>
    /// It adds members that are absent, names that differ, and identifiers, links and sources that are not listed yet.
    /// </remarks>
    private static JsonObject? Joined(string staying, string ending)
    {
        var whole = JsonNode.Parse(staying)!.AsObject();
        var changed = false;
        foreach (var (name, value) in JsonNode.Parse(ending)!.AsObject())
        {
            if (whole[name] is not { } held)
            {
                whole[name] = value?.DeepClone();
                changed = true;
            }
            else if (held is JsonArray list && value is JsonArray more && name is not "titles")
            {
                foreach (var item in more.Where(item => !list.Any(other => AreEqual(item, other))))
                {
                    list.Add(item?.DeepClone());
                    changed = true;
                }
            }
        }

        return changed ? whole : null;
    }

    private static bool AreEqual(JsonNode? one, JsonNode? other) =>
        JsonNode.DeepEquals(one, other)
        || (
            one is JsonObject name
            && other is JsonObject held
            && name["text"] is { } text
            && JsonNode.DeepEquals(text, held["text"])
            && JsonNode.DeepEquals(name["language"], held["language"])
        );

    private TModel Read<TModel>(JsonObject record)
        where TModel : RecordModel => (TModel)Read(typeof(TModel), record);

    private RecordModel Read(Type type, JsonObject record)
    {
        var reading = read(type, JsonSerializer.SerializeToElement(record));
        return reading.Errors.Count == 0
            ? reading.Model!
            : throw new RuleBrokenException(
                "merge-does-not-fit",
                $"The merged record is not valid: {reading.Errors.Keys.First()}: {reading.Errors.Values.First()[0]}"
            );
    }
}
