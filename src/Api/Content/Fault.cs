namespace Galley.Content;

/// <summary>One thing that is wrong with content, and where: an RFC 6901 pointer below whatever is being checked.</summary>
internal readonly record struct Fault(string Pointer, string Code, string Detail, long? Limit = null)
{
    public static Fault TooLong(string pointer, int limit) => new(pointer, "too-long", $"At most {limit} UTF-16 code units are allowed.", limit);

    public static Fault TooMany(string pointer, int limit) => new(pointer, "too-many", $"At most {limit} are allowed.", limit);

    public static Fault Required(string pointer, string name) => new($"{pointer}/{name}", "required", $"{name} is required.");
}
