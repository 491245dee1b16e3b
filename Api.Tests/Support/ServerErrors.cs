using System.Reflection;
using Microsoft.Data.SqlClient;

namespace Registry.Api.Tests.Support;

/// <summary>Errors of a SQL Server as the driver makes them; nobody else can.</summary>
internal static class ServerErrors
{
    private const BindingFlags Inside = BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance;

    public static SqlException Of(int number, byte severity = 16, int? second = null)
    {
        var errors = (SqlErrorCollection)Activator.CreateInstance(typeof(SqlErrorCollection), nonPublic: true)!;
        var add = typeof(SqlErrorCollection).GetMethod("Add", Inside)!;
        foreach (var each in second is { } more ? new[] { number, more } : [number])
        {
            add.Invoke(errors, [ErrorOf(each, severity)]);
        }

        var make = typeof(SqlException)
            .GetMethods(Inside)
            .First(method =>
                method.Name == "CreateException"
                && method.GetParameters() is [{ ParameterType: var first }, { ParameterType: var last }]
                && first == typeof(SqlErrorCollection)
                && last == typeof(string)
            );
        return (SqlException)make.Invoke(null, [errors, "16.0"])!;
    }

    private static SqlError ErrorOf(int number, byte severity)
    {
        var constructor = typeof(SqlError).GetConstructors(Inside).OrderBy(each => each.GetParameters().Length).First();
        var texts = 0;
        var values = constructor
            .GetParameters()
            .Select(parameter =>
                parameter.Name switch
                {
                    "infoNumber" => number,
                    "errorClass" => severity,
                    "errorState" => (byte)1,
                    "lineNumber" => 1,
                    _ when parameter.ParameterType == typeof(string) => $"text {++texts}",
                    _ when parameter.HasDefaultValue => parameter.DefaultValue,
                    _ => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null,
                }
            )
            .ToArray();
        return (SqlError)constructor.Invoke(values);
    }
}
