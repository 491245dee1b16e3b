using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Registry.Infrastructure.Records;
using Registry.Infrastructure.Records.Models;

namespace Registry.Infrastructure.Subscriptions;

/// <summary>A message to a subscriber. Its bytes are the same at every attempt.</summary>
/// <param name="Id">The id, made from the subscription and the change.</param>
/// <param name="Body">The bytes that are signed.</param>
internal sealed record Message(string Id, byte[] Body)
{
    private const int TestBytes = 8;

    public static Message Of(Subscription subscription, SubscribedChange change) =>
        new(
            IdOf(subscription, change.Sequence.ToString(CultureInfo.InvariantCulture)),
            Write(
                $"{NounOf(change.Collection)}.{change.Operation}",
                change.Instant,
                json =>
                {
                    json.WriteNumber("sequence", change.Sequence);
                    json.WritePropertyName("instant");
                    JsonSerializer.Serialize(json, change.Instant, RegistryJson.Options);
                    json.WriteString("actor", change.Actor);
                    json.WriteString("collection", change.Collection);
                    json.WriteString("id", change.SubjectId);
                    json.WriteNumber("version", change.Version);
                    json.WriteString("operation", change.Operation);
                    if (change.Reason is not null)
                    {
                        json.WriteString("reason", change.Reason);
                    }

                    if (change.Record is not null)
                    {
                        json.WritePropertyName("record");
                        json.WriteRawValue(change.Record, skipInputValidation: true);
                    }
                }
            )
        );

    /// <summary>Creates a test message, which has no change.</summary>
    public static Message Test(Subscription subscription, DateTimeOffset now) =>
        new(
            IdOf(subscription, $"test{RandomNumberGenerator.GetHexString(TestBytes * 2, lowercase: true)}"),
            Write("subscription.test", now, json => json.WriteString("id", subscription.Id))
        );

    // The parts of the signed text are separated by full stops, so an id has none; no slug has an underscore.
    private static string IdOf(Subscription subscription, string what) => $"{subscription.Id.Replace('.', '_')}_{what}";

    private static string NounOf(string collection) =>
        RecordKinds.All.Single(kind => kind.Collection == collection).Noun;

    private static byte[] Write(string type, DateTimeOffset timestamp, Action<Utf8JsonWriter> data)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body, new JsonWriterOptions { Encoder = RegistryJson.Options.Encoder }))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WritePropertyName("timestamp");
            JsonSerializer.Serialize(json, timestamp, RegistryJson.Options);
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}
