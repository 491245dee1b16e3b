using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Registry.Api.Http.Problems;
using Registry.Infrastructure.Records.Models;

namespace Registry.Api.Tests.Http;

/// <summary>What is asked of a member of a body is asked wherever in the body it stands.</summary>
public sealed class NestedBodies
{
    /// <summary>How deep a type may stand in itself.</summary>
    private const int Deepest = 6;

    /// <summary>Every body of a request, made from the requests themselves.</summary>
    private static IEnumerable<Type> Bodies =>
        typeof(Annotations)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract)
            .SelectMany(type => type.GetProperties())
            .Where(property => property.IsDefined(typeof(FromBodyAttribute)))
            .Select(property => property.PropertyType)
            .Where(type => type != typeof(JsonObject))
            .Concat(RecordStoresDocuments)
            .Distinct();

    private static IEnumerable<Type> RecordStoresDocuments =>
        typeof(RecordModel)
            .Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(RecordModel)));

    private static IEnumerable<TestCaseData> Members =>
        from body in Bodies
        from place in Within(body, [])
        select new TestCaseData(body, place).SetArgDisplayNames($"{body.Name}: {PathOf(place)}");

    [TestCaseSource(nameof(Members))]
    public void An_annotation_holds_at_every_depth(Type body, PropertyInfo[] place)
    {
        var errors = new FieldErrors();

        Annotations.Check(Made(body, place), "", errors);

        Assert.That(errors.Found.Keys, Does.Contain(PathOf(place)));
    }

    [Test]
    public void There_are_members_within_members_within_bodies() =>
        Assert.That(Members.Count(member => ((PropertyInfo[])member.Arguments[1]!).Length > 2), Is.GreaterThan(10));

    /// <summary>The members within a type and what it has, of which a wrong value is known.</summary>
    private static IEnumerable<PropertyInfo[]> Within(Type type, PropertyInfo[] above)
    {
        foreach (
            var property in type.GetProperties()
                .Where(property => !Annotations.IsReadOnly(property) && property.CanWrite)
        )
        {
            PropertyInfo[] place = [.. above, property];
            if (above.Length > 0 && IsWrong(property, out _))
            {
                yield return place;
            }

            if (IsOurs(ItemOf(property.PropertyType)) && above.Length < Deepest && !above.Contains(property))
            {
                foreach (var inner in Within(ItemOf(property.PropertyType), place))
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>An object of the type in which nothing is said but, at the place, something wrong.</summary>
    private static object Made(Type type, PropertyInfo[] place)
    {
        var made = Activator.CreateInstance(type)!;
        if (place is [var last])
        {
            _ = IsWrong(last, out var wrong);
            last.SetValue(made, wrong);
            return made;
        }

        var item = ItemOf(place[0].PropertyType);
        var inner = Made(item, place[1..]);
        if (item != place[0].PropertyType)
        {
            var list = Array.CreateInstance(item, 1);
            list.SetValue(inner, 0);
            inner = list;
        }

        place[0].SetValue(made, inner);
        return made;
    }

    /// <summary>A value that the annotations of a member refuse, if one is known.</summary>
    private static bool IsWrong(PropertyInfo property, out object? wrong)
    {
        wrong = null;
        var annotations = property.GetCustomAttributes<ValidationAttribute>(inherit: true).ToArray();
        if (annotations.OfType<RequiredAttribute>().Any())
        {
            return true;
        }

        if (property.PropertyType == typeof(string) && annotations.Length > 0)
        {
            wrong = new string('\n', 100_000);
            return true;
        }

        if (
            property.PropertyType == typeof(int?)
            && annotations.OfType<System.ComponentModel.DataAnnotations.RangeAttribute>().Any()
        )
        {
            wrong = int.MinValue;
            return true;
        }

        return false;
    }

    private static string PathOf(PropertyInfo[] place) =>
        string.Join(
            '.',
            place.Select(
                (property, at) =>
                    JsonNamingPolicy.CamelCase.ConvertName(property.Name)
                    + (at < place.Length - 1 && ItemOf(property.PropertyType) != property.PropertyType ? "[0]" : "")
            )
        );

    private static Type ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? type.GetGenericArguments()[0]
            : type;

    private static bool IsOurs(Type type) =>
        type.IsClass
        && !type.IsAbstract
        && type.Namespace?.StartsWith("Registry.", StringComparison.Ordinal) == true
        && type.GetConstructor(Type.EmptyTypes) is not null;
}
