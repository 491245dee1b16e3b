using System.Collections;
using System.Collections.Concurrent;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Http.Problems;

/// <summary>
/// Validates the annotations of a request and of all nested objects. The validator of the framework stops at the first
/// level and at the first kind of error.
/// </summary>
internal static class Annotations
{
    // Reflection runs once for each type, because an import has many records of few types.
    private static readonly ConcurrentDictionary<Type, Member[]> Known = new();

    private static readonly ConcurrentDictionary<Type, bool> Ours = new();

    /// <summary>The assembly of the record document types.</summary>
    private static readonly Assembly Documents = typeof(RecordModel).Assembly;

    public static void Check(object subject, string path, FieldErrors errors)
    {
        foreach (var member in Known.GetOrAdd(subject.GetType(), MembersOf))
        {
            CheckMember(member, member.Property.GetValue(subject), FieldOf(member, path), errors);
        }

        if (subject is IValidatableObject validatable)
        {
            foreach (var failure in validatable.Validate(new ValidationContext(subject)))
            {
                foreach (var member in failure.MemberNames)
                {
                    errors.Add(path.Length == 0 ? member : $"{path}.{member}", failure.ErrorMessage!);
                }
            }
        }
    }

    /// <summary>True for a read-only member, which the registry maintains; a value sent for it is ignored.</summary>
    public static bool IsReadOnly(ICustomAttributeProvider member) =>
        member.GetCustomAttributes(typeof(ReadOnlyAttribute), true) is [ReadOnlyAttribute { IsReadOnly: true }];

    private static Member[] MembersOf(Type type) =>
        [
            .. type.GetProperties()
                .Where(property => property.GetIndexParameters().Length == 0 && !IsReadOnly(property))
                .Select(property => new Member(
                    property,
                    property.IsDefined(typeof(FromBodyAttribute))
                        ? null
                        : property.GetCustomAttribute<FromHeaderAttribute>()?.Name
                            ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name),
                    [.. property.GetCustomAttributes<ValidationAttribute>(inherit: true)]
                )),
        ];

    private static void CheckMember(Member member, object? value, string field, FieldErrors errors)
    {
        if (value is IDictionary named)
        {
            CheckNamed(member, named, field, errors);
            return;
        }

        var items = value is IEnumerable many and not string ? many.Cast<object?>().ToArray() : null;
        foreach (var attribute in member.Attributes)
        {
            if (items is not null && attribute is RegularExpressionAttribute or StringLengthAttribute)
            {
                for (var index = 0; index < items!.Length; index++)
                {
                    // The values of one parameter have no paths of their own.
                    var place = member.Property.IsDefined(typeof(FromQueryAttribute)) ? field : $"{field}[{index}]";
                    Judge(attribute, items[index], place, errors);
                }
            }
            else
            {
                Judge(attribute, value, field, errors);
            }
        }

        if (items is not null)
        {
            for (var index = 0; index < items.Length; index++)
            {
                if (items[index] is { } item && IsOurs(item))
                {
                    Check(item, $"{field}[{index}]", errors);
                }
            }
        }
        else if (value is not null && IsOurs(value))
        {
            Check(value, field, errors);
        }
    }

    private static void CheckNamed(Member member, IDictionary named, string field, FieldErrors errors)
    {
        foreach (var attribute in member.Attributes)
        {
            Judge(attribute, named, field, errors);
        }

        foreach (DictionaryEntry entry in named)
        {
            if (entry.Value is { } value && IsOurs(value))
            {
                Check(value, $"{field}.{entry.Key}", errors);
            }
        }
    }

    private static void Judge(ValidationAttribute attribute, object? value, string field, FieldErrors errors)
    {
        if (
            !(
                attribute is RegularExpressionAttribute { Pattern: var pattern }
                    ? value is null || Patterns.Match(pattern, (string)value)
                    : attribute.IsValid(value)
            ) || (value is string text && text.Length > 0 && IsBlank(text))
        )
        {
            errors.Add(field, SentenceOf(attribute, value));
        }
    }

    private static string SentenceOf(ValidationAttribute attribute, object? value) =>
        attribute switch
        {
            RequiredAttribute => "It is required.",
            _ when value is string text && IsBlank(text) => "It cannot be blank.",
            StringLengthAttribute { MinimumLength: > 0 } length =>
                $"It has {length.MinimumLength} to {length.MaximumLength} characters.",
            StringLengthAttribute length => $"It has at most {length.MaximumLength} characters.",
            MinLengthAttribute least => $"It has at least {least.Length} items.",
            MaxLengthAttribute most => $"It has at most {most.Length} items.",
            RangeAttribute range => $"It is between {range.Minimum} and {range.Maximum}.",
            _ => attribute.ErrorMessage ?? "It is not valid.",
        };

    private static bool IsBlank(string text) => string.IsNullOrWhiteSpace(text);

    /// <summary>True for types that this program declares: only these have annotations to validate.</summary>
    private static bool IsOurs(object value) =>
        Ours.GetOrAdd(
            value.GetType(),
            type => type.IsClass && (type.Assembly == typeof(Annotations).Assembly || type.Assembly == Documents)
        );

    /// <summary>
    /// The path of a field in an error. Members of the body are at the top level, as the caller sees them.
    /// </summary>
    private static string FieldOf(Member member, string path) =>
        member.Name is null ? path
        : path.Length == 0 ? member.Name
        : $"{path}.{member.Name}";

    /// <param name="Property">The property.</param>
    /// <param name="Name">The name in the request; null for the body.</param>
    /// <param name="Attributes">The annotations.</param>
    private sealed record Member(PropertyInfo Property, string? Name, ValidationAttribute[] Attributes);
}
