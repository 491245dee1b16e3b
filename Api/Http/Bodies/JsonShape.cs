using System.Collections;
using Registry.Domain;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Bodies;

/// <summary>The kind of a JSON value.</summary>
internal enum JsonForm
{
    Text,

    /// <summary>A single value that is not free text: an enum, a number, a boolean, a date or an instant.</summary>
    Word,

    List,
    Object,
}

/// <summary>The JSON representation of a type.</summary>
/// <param name="Form">The kind of JSON value.</param>
/// <param name="Type">The type; for a nullable value type, the underlying type.</param>
/// <param name="Item">The type of the items of a list.</param>
internal sealed record JsonShape(JsonForm Form, Type Type, Type? Item = null)
{
    public static JsonShape Of(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        return target switch
        {
            _ when target == typeof(string) => new(JsonForm.Text, target),
            _ when typeof(IEnumerable).IsAssignableFrom(target) => new(
                JsonForm.List,
                target,
                target.GetGenericArguments()[0]
            ),
            _ when IsWord(target) => new(JsonForm.Word, target),
            _ => new(JsonForm.Object, target),
        };
    }

    private static bool IsWord(Type type) =>
        Words.IsList(type) || type.IsPrimitive || type == typeof(PartialDate) || type == typeof(DateTimeOffset);
}
