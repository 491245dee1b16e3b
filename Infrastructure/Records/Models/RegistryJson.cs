using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Registry.Domain;
using Registry.Domain.Provenance;
using Registry.Infrastructure.Engine.Dialects;

namespace Registry.Infrastructure.Records.Models;

/// <summary>
/// The JSON of records, stored and served: camelCase members, kebab-case words; unknown values are absent.
/// </summary>
public static class RegistryJson
{
    /// <summary>The options of the serializer.</summary>
    public static readonly JsonSerializerOptions Options = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            PropertyNameCaseInsensitive = false,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.Strict,
            // Names in six scripts stay readable; the responses are JSON, never part of an HTML page.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new PartialDateConverter());
        options.Converters.Add(new InstantConverter());
        options.Converters.Add(new ClaimedValueConverter());
        options.Converters.Add(new CollectionWordConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    /// <summary>RFC 3339 in UTC, to the microsecond, which is the precision of both databases.</summary>
    private sealed class InstantConverter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(
            ref Utf8JsonReader reader,
            Type typeToConvert,
            JsonSerializerOptions options
        ) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(InstantText.Of(value));
    }

    /// <summary>The only value that can be null: when a source states that there is none.</summary>
    private sealed class ClaimedValueConverter : JsonConverter<ClaimedValue>
    {
        public override bool HandleNull => true;

        public override ClaimedValue Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var value = JsonDocument.ParseValue(ref reader);
            return ClaimedValue.Of(value.RootElement);
        }

        public override void Write(Utf8JsonWriter writer, ClaimedValue value, JsonSerializerOptions options) =>
            writer.WriteRawValue(value.Json);
    }

    private sealed class PartialDateConverter : JsonConverter<PartialDate>
    {
        public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            if (reader.TokenType == JsonTokenType.String && PartialDate.TryParse(reader.GetString(), out var date))
            {
                return date;
            }

            throw new JsonException("It is YYYY, YYYY-MM or YYYY-MM-DD.");
        }

        public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString());
    }
}

/// <summary>The spelling of the words of closed lists in JSON, parameters and columns.</summary>
public static class Words
{
    private static readonly ConcurrentDictionary<Type, string[]> Spellings = new();

    /// <summary>Gets the kebab-case spelling: <c>NotRenewed</c> is <c>not-renewed</c>.</summary>
    public static string Of<T>(T word)
        where T : struct, Enum => KebabCase<T>.Words[word];

    /// <summary>Gets the word with a spelling.</summary>
    /// <exception cref="ArgumentException">No word has the spelling.</exception>
    public static T Read<T>(string spelling)
        where T : struct, Enum => Enum.Parse<T>(spelling.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>True for the types of closed lists: enums, and lists of collections.</summary>
    public static bool IsList(Type type) => type.IsEnum || type.IsAssignableTo(typeof(ICollectionWord));

    /// <summary>Gets the word of a list with a spelling.</summary>
    /// <exception cref="ArgumentException">No word has the spelling.</exception>
    public static object Read(Type list, string spelling) =>
        list.IsEnum
            ? Enum.Parse(list, spelling.Replace("-", "", StringComparison.Ordinal), ignoreCase: true)
            : list.GetMethod("Parse", [typeof(string)])!.Invoke(null, [spelling])!;

    /// <summary>Gets every spelling of a list.</summary>
    public static IEnumerable<string> All(Type list) =>
        list.IsEnum
            ? Spellings.GetOrAdd(
                list,
                words => [.. Enum.GetNames(words).Select(JsonNamingPolicy.KebabCaseLower.ConvertName)]
            )
            : (IReadOnlyList<string>)list.GetProperty(nameof(All))!.GetValue(null)!;

    /// <summary>The spellings of the words of a list.</summary>
    private static class KebabCase<T>
        where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Words = Enum.GetValues<T>()
            .ToFrozenDictionary(word => word, word => JsonNamingPolicy.KebabCaseLower.ConvertName(word.ToString()));
    }
}
