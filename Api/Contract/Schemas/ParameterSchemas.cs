using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Registry.Api.Contract.Operations;
using Registry.Api.Http.Lists;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Registry.Api.Contract.Schemas;

/// <summary>Makes the schemas of query parameters.</summary>
internal static class ParameterSchemas
{
    /// <summary>Makes the schema of a parameter, with the choices that a list offers.</summary>
    public static IOpenApiSchema Of(PropertyInfo property, Type request, OperationFilterContext context)
    {
        if (property.Name == nameof(ListQuery.Sort) && request.IsAssignableTo(typeof(ListQuery)))
        {
            var list = (ListQuery)Activator.CreateInstance(request)!;
            var sorts = list.Sorts;
            var words = sorts.Concat(sorts.Select(sort => $"-{sort}"));
            var one = context.WordsOf(
                NamedSchemas.NameOfChoice(
                    request,
                    list is RecordListQuery ? nameof(RecordListQuery.Orders) : nameof(ListQuery.Sorts),
                    "Sort"
                ),
                "A sort order of the list.",
                words
            );
            if (list.MaxOrderings > 1)
            {
                return new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Items = one,
                    MaxItems = list.MaxOrderings,
                    Default = new JsonArray(list.DefaultSort),
                };
            }

            one.Default = list.DefaultSort;
            return one;
        }

        if (property.Name == nameof(ListQuery.Format) && request.IsAssignableTo(typeof(ListQuery)))
        {
            return context.WordsOf(
                NamedSchemas.NameOfChoice(request, nameof(ListQuery.Formats), "Format"),
                "A format of the list.",
                ((ListQuery)Activator.CreateInstance(request)!).Formats.Select(form => form.Name)
            );
        }

        if (property.Name == nameof(ListQuery.Limit) && request.IsAssignableTo(typeof(ListQuery)))
        {
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Minimum = "1",
                Maximum = "200",
                Default = ((ListQuery)Activator.CreateInstance(request)!).DefaultLimit,
            };
        }

        if (property.Name == nameof(RecordListQuery.Expand) && request.IsAssignableTo(typeof(RecordListQuery)))
        {
            var item = context.Shape.Answer;
            return new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                MinItems = 1,
                Items = context.WordsOf(
                    NamedSchemas.NameOfExpansion(item!),
                    "A member that refers to other records.",
                    Expansions.Of(item)
                ),
            };
        }

        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var whole = context.SchemaGenerator.GenerateSchema(type, context.SchemaRepository);
        var schema = whole;
        if (MultiValueParameters.ItemOf(type) is not null && schema is OpenApiSchema { Items: { } items } several)
        {
            several.MinItems = 1;
            several.MaxItems = MultiValueParameters.MaxValues;
            schema = items;
        }

        if (schema is OpenApiSchema plain)
        {
            plain.Pattern = property.GetCustomAttribute<RegularExpressionAttribute>()?.Pattern;
            plain.MaxLength = property.GetCustomAttribute<StringLengthAttribute>()?.MaximumLength;
            if (property.GetCustomAttribute<RangeAttribute>() is { } range)
            {
                plain.Minimum = $"{range.Minimum}";
                plain.Maximum = $"{range.Maximum}";
            }

            if (property.GetCustomAttribute<DefaultValueAttribute>() is { Value: { } absent })
            {
                plain.Default = JsonValue.Create((int)absent);
            }
        }

        return whole;
    }

    /// <summary>True for a parameter that takes several values, separated by commas.</summary>
    public static bool IsMultiValue(PropertyInfo property, Type request) =>
        MultiValueParameters.ItemOf(property.PropertyType) is not null
        || (
            property.Name == nameof(ListQuery.Sort)
            && Activator.CreateInstance(request) is ListQuery { MaxOrderings: > 1 }
        );
}
