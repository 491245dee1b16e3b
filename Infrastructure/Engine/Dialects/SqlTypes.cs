using System.Data;
using System.Globalization;
using Dapper;
using Microsoft.Data.SqlClient;

namespace Registry.Infrastructure.Engine.Dialects;

/// <summary>Conversions of days and instants for both databases.</summary>
internal static class SqlTypes
{
    public static void Register()
    {
        SqlMapper.AddTypeHandler(new DayHandler());
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset));
        SqlMapper.RemoveTypeMap(typeof(DateTimeOffset?));
        SqlMapper.AddTypeHandler(new InstantHandler());
    }

    /// <summary>SQL Server has a DATE type; SQLite stores the day as ISO text, which sorts alike.</summary>
    private sealed class DayHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value)
        {
            parameter.DbType = DbType.Date;
            parameter.Value = value;
        }

        public override DateOnly Parse(object value) =>
            value switch
            {
                DateOnly day => day,
                DateTime dateTime => DateOnly.FromDateTime(dateTime),
                string text => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture),
                _ => throw new InvalidCastException($"A {value.GetType().Name} column does not hold a day."),
            };
    }

    /// <summary>Instants are UTC to the microsecond: DATETIME2(6) on SQL Server, RFC 3339 text of one length on SQLite.</summary>
    private sealed class InstantHandler : SqlMapper.TypeHandler<DateTimeOffset>
    {
        public override void SetValue(IDbDataParameter parameter, DateTimeOffset value)
        {
            if (parameter is SqlParameter)
            {
                parameter.DbType = DbType.DateTime2;
                parameter.Value = value.UtcDateTime;
            }
            else
            {
                parameter.DbType = DbType.String;
                parameter.Value = InstantText.Of(value);
            }
        }

        public override DateTimeOffset Parse(object value) =>
            value switch
            {
                DateTime dateTime => new DateTimeOffset(DateTime.SpecifyKind(dateTime, DateTimeKind.Utc)),
                string text => DateTimeOffset.ParseExact(
                    text,
                    InstantText.Format,
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.AssumeUniversal
                ),
                _ => throw new InvalidCastException($"A {value.GetType().Name} column does not hold an instant."),
            };
    }
}
