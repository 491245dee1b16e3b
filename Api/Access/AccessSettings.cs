namespace Registry.Api.Access;

/// <summary>The settings under <c>Access</c>.</summary>
internal sealed class AccessSettings
{
    public const string Section = "Access";

    /// <summary>The minimum length of a key from the settings, in characters.</summary>
    public const int ShortestKey = 32;

    /// <summary>The API key with the role admin; when absent, one is made at the first start.</summary>
    public string? AdminKey { get; set; }

    /// <summary>The file that the first key is written to; beside the SQLite database when absent.</summary>
    public string? FirstKeyFile { get; set; }

    /// <summary>The access of anonymous callers to reads.</summary>
    public ReadAccess Reads { get; set; }

    /// <summary>The claims of tokens.</summary>
    public TokenSettings Tokens { get; set; } = new();
}

/// <summary>The access of anonymous callers to reads.</summary>
internal enum ReadAccess
{
    /// <summary>Anyone may read.</summary>
    Open,

    /// <summary>Reads need the role reader.</summary>
    Closed,
}

/// <summary>The settings under <c>Access:Tokens</c>: where tokens say what their holders may do.</summary>
internal sealed class TokenSettings
{
    /// <summary>The signature algorithms that can be accepted (RFC 7518).</summary>
    public static readonly IReadOnlyList<string> KnownAlgorithms =
    [
        "RS256",
        "RS384",
        "RS512",
        "PS256",
        "PS384",
        "PS512",
        "ES256",
        "ES384",
        "ES512",
        "HS256",
        "HS384",
        "HS512",
    ];

    /// <summary>The claim with the roles; dots lead into an object, as in realm_access.roles.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The role or scope in a token that grants the role reader.</summary>
    public string Reader { get; set; } = "registry-reader";

    /// <summary>The role or scope in a token that grants the role editor.</summary>
    public string Editor { get; set; } = "registry-editor";

    /// <summary>The role or scope in a token that grants the role admin.</summary>
    public string Admin { get; set; } = "registry-admin";

    /// <summary>The claim with the codes of the forums that an editor may write; all when a token has none.</summary>
    public string ForumsClaim { get; set; } = "registry_forums";

    /// <summary>The claim with the collections that an editor may write; all when a token has none.</summary>
    public string CollectionsClaim { get; set; } = "registry_collections";

    /// <summary>The claim with the quota tier.</summary>
    public string TierClaim { get; set; } = "registry_tier";

    /// <summary>
    /// The accepted signature algorithms (RFC 7518), separated by commas. HS256 counts only for keys in the settings.
    /// </summary>
    public string Algorithms { get; set; } = "RS256,RS384,RS512,PS256,PS384,PS512,ES256,ES384,ES512,HS256";
}
