using Registry.Domain.States;

namespace Registry.Domain.Forums;

/// <summary>The place of the headquarters of a forum or a body.</summary>
public sealed record Seat
{
    /// <summary>The maximum length of the name of a city.</summary>
    public const int MaxCityLength = 100;

    /// <exception cref="IllegalValueException">The city is blank or too long.</exception>
    public Seat(string city, StateCode? country)
    {
        City = Check.Text("city", city, MaxCityLength);
        Country = country;
    }

    /// <summary>The city, in English.</summary>
    public string City { get; }

    /// <summary>The state of the city.</summary>
    public StateCode? Country { get; }
}
