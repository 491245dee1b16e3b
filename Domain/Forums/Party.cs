using Registry.Domain.States;

namespace Registry.Domain.Forums;

/// <summary>The kind of a member of a forum: a state or a forum.</summary>
public enum PartyKind
{
    State,
    Forum,
}

/// <summary>A party with a standing in a forum: a state, or another forum.</summary>
public sealed record Party
{
    private Party(PartyKind kind, string code)
    {
        Kind = kind;
        Code = code;
    }

    public PartyKind Kind { get; }

    /// <summary>The code of the state or of the forum.</summary>
    public string Code { get; }

    /// <exception cref="IllegalValueException">The code does not match the pattern of its kind.</exception>
    public static Party Of(PartyKind kind, string code) =>
        kind == PartyKind.State ? Of(new StateCode(code)) : Of(new ForumCode(code));

    public static Party Of(StateCode state) => new(PartyKind.State, state.Value);

    public static Party Of(ForumCode forum) => new(PartyKind.Forum, forum.Value);

    /// <inheritdoc/>
    public override string ToString() => Code;
}
