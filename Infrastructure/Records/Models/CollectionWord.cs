using System.Text.Json;
using System.Text.Json.Serialization;

namespace Registry.Infrastructure.Records.Models;

/// <summary>A collection out of a closed list, used like a member of an enum.</summary>
/// <remarks>
/// The list is derived from the kinds of records, so that none is forgotten. The type has the static member All.
/// </remarks>
public interface ICollectionWord
{
    /// <summary>The name of the collection.</summary>
    public string Collection { get; }
}

/// <summary>The static members of a list of collections.</summary>
/// <typeparam name="T">The type of its words.</typeparam>
public interface ICollectionWord<T> : ICollectionWord
    where T : struct, ICollectionWord<T>
{
    /// <summary>The names of the collections in the list.</summary>
    public static abstract IReadOnlyList<string> All { get; }

    /// <summary>Gets the word for a collection.</summary>
    public static abstract T Parse(string collection);
}

/// <summary>Reads and writes words for collections as texts.</summary>
internal sealed class CollectionWordConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsAssignableTo(typeof(ICollectionWord));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Converter<>).MakeGenericType(typeToConvert))!;

    private sealed class Converter<T> : JsonConverter<T>
        where T : struct, ICollectionWord<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && reader.GetString() is { } word && T.All.Contains(word)
                ? T.Parse(word)
                : throw new JsonException($"It is one of {string.Join(", ", T.All)}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.Collection);
    }
}
