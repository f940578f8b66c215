using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Galley.Content;
using Galley.Content.Body;

namespace Galley.Http;

/// <summary>Marks a member that the server decides: it may be sent back as it was read, but not changed.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ServerOwnedAttribute : Attribute;

/// <summary>Marks a member that is not bound with the whole but taken as it stands: it is read by itself, with pointers of its own.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ReadApartAttribute : Attribute;

/// <summary>An input object that may also be written as one string.</summary>
internal interface IShorthand<TSelf>
    where TSelf : IShorthand<TSelf>
{
    /// <summary>The object that <paramref name="text"/> stands for, or null where it stands for none.</summary>
    static abstract TSelf? FromText(string text);

    /// <summary>How the string looks, for the message when it does not.</summary>
    static abstract string Form { get; }
}

/// <summary>Makes typed objects of JSON and collects everything that is wrong on the way, each with its pointer, instead of stopping at the first.</summary>
internal sealed class JsonBinder
{
    private const int MaxName = 200;

    private static readonly ConcurrentDictionary<Type, IReadOnlyDictionary<string, Member>> MembersOf = new();

    private readonly List<InputError> _errors = [];
    private readonly HashSet<string> _nulls = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _serverOwned = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JsonElement> _apart = new(StringComparer.Ordinal);

    /// <summary>What is wrong so far. Binding stops once there is more than a problem document lists.</summary>
    public IReadOnlyList<InputError> Errors => _errors;

    /// <summary>Server-owned members that were sent, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> ServerOwned => _serverOwned;

    /// <summary>Members that are read by themselves, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Apart => _apart;

    /// <summary>The members of the whole that were sent with an explicit null.</summary>
    public IReadOnlySet<string> Nulls => _nulls;

    public T? Bind<T>(JsonElement element)
        where T : class => (T?)Bind(element, typeof(T), string.Empty);

    private object? Bind(JsonElement element, Type type, string pointer)
    {
        if (type == typeof(string))
            return BindText(element, pointer, isNormalized: true);
        if (type == typeof(bool))
            return element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : WrongType(pointer, "true or false");
        if (type == typeof(int))
            return BindInteger(element, pointer, int.MinValue, int.MaxValue) is { } number ? (int)number : null;
        if (type == typeof(long))
            return BindInteger(element, pointer, long.MinValue, long.MaxValue);
        if (type == typeof(double))
            return element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out var real) && double.IsFinite(real) ? real : WrongType(pointer, "a number");
        if (type == typeof(Instant))
            return BindInstant(element, pointer);
        if (ElementTypeOf(type) is { } item)
            return BindList(element, item, pointer);
        if (type == typeof(IReadOnlyDictionary<string, string>))
            return BindTexts(element, pointer);

        return BindObject(element, type, pointer);
    }

    private string? BindText(JsonElement element, string pointer, bool isNormalized)
    {
        if (element.ValueKind != JsonValueKind.String)
            return (string?)WrongType(pointer, "a string");

        string text;
        try
        {
            text = element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            return (string?)Fail(pointer, "bad-character", "The text contains half a surrogate pair.");
        }

        if (PlainText.FindFault(text) is { } fault)
            return (string?)Fail(pointer, "bad-character", $"The text {fault}.");

        return isNormalized ? PlainText.Normalize(text) : text;
    }

    private long? BindInteger(JsonElement element, string pointer, long min, long max)
    {
        // 3.0 is an integer for JSON Schema, and so for every generated client.
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number >= min && number <= max)
            return (long)number;

        return (long?)WrongType(pointer, "an integer");
    }

    private Instant? BindInstant(JsonElement element, string pointer)
    {
        if (BindText(element, pointer, isNormalized: true) is not { } text)
            return null;

        return Instant.TryParse(text, out var instant)
            ? instant
            : (Instant?)Fail(pointer, "invalid-instant", "Expected an instant with an offset, such as 2024-12-01T17:05:00Z, of the years 1700 to 2200.");
    }

    private IList? BindList(JsonElement element, Type item, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Array)
            return (IList?)WrongType(pointer, "an array");

        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        var index = 0;
        foreach (var child in element.EnumerateArray())
        {
            if (_errors.Count > Problems.MaxErrors)
                break;

            var at = string.Create(CultureInfo.InvariantCulture, $"{pointer}/{index++}");
            var value = child.ValueKind == JsonValueKind.Null ? WrongType(at, "a value") : Bind(child, item, at);
            // A hole keeps the others at their index, so that later pointers are right; nothing reads a list with errors.
            list.Add(value ?? Placeholder(item));
        }

        return list;
    }

    // Texts by names that are the sender's own.
    private Dictionary<string, string>? BindTexts(JsonElement element, string pointer)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return (Dictionary<string, string>?)WrongType(pointer, "an object of strings");

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var property in element.EnumerateObject())
        {
            if (_errors.Count > Problems.MaxErrors)
                break;

            if (NameOf(property) is not { Length: <= MaxName } name || PlainText.FindFault(name) is not null)
                FailUnknown(pointer, NameOf(property), new Dictionary<string, Member>());
            else if (property.Value.ValueKind != JsonValueKind.Null && BindText(property.Value, $"{pointer}/{Escape(name)}", isNormalized: true) is { } text)
                texts[name] = text;
        }

        return texts;
    }

    private static object Placeholder(Type item) =>
        item == typeof(string) ? string.Empty
        : ElementTypeOf(item) is { } nested ? Activator.CreateInstance(typeof(List<>).MakeGenericType(nested))!
        : Activator.CreateInstance(item)!;

    private object? BindObject(JsonElement element, Type type, string pointer)
    {
        if (element.ValueKind == JsonValueKind.String && Shorthand.Of(type) is { } shorthand)
            return BindShorthand(element, shorthand, pointer);

        if (element.ValueKind != JsonValueKind.Object)
            return WrongType(pointer, Shorthand.Of(type) is { } form ? $"an object or a string such as {form.Form}" : "an object");

        var members = MembersOf.GetOrAdd(type, ReadMembers);
        var target = Activator.CreateInstance(type)!;
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var property in element.EnumerateObject())
        {
            if (_errors.Count > Problems.MaxErrors)
                break;

            if (NameOf(property) is not { } name || !members.TryGetValue(name, out var member))
                FailUnknown(pointer, NameOf(property), members);
            else if (seen.Add(name))
                BindMember(property.Value, member, target, pointer);
        }

        foreach (var member in members.Values.Where(member => member.IsRequired && !seen.Contains(member.Name)))
            Fail($"{pointer}/{member.Name}", "required", $"{member.Name} is required.");

        return target;
    }

    private void BindMember(JsonElement element, Member member, object target, string pointer)
    {
        var at = $"{pointer}/{member.Name}";

        if (member.IsServerOwned)
        {
            _serverOwned[member.Name] = element;
            return;
        }

        if (element.ValueKind == JsonValueKind.Null)
        {
            // null for an optional member means absent.
            if (member.IsRequired)
                Fail(at, "required", $"{member.Name} is required.");
            if (pointer.Length == 0)
                _nulls.Add(member.Name);
            return;
        }

        if (member.IsApart)
        {
            _apart[member.Name] = element;
            return;
        }

        var value = member.IsAsSent ? BindText(element, at, isNormalized: false) : Bind(element, member.Type, at);
        if (value is not null)
            member.Property.SetValue(target, value);
    }

    private object? BindShorthand(JsonElement element, Shorthand shorthand, string pointer)
    {
        if (BindText(element, pointer, isNormalized: true) is not { } text)
            return null;

        return shorthand.FromText(text) ?? Fail(pointer, "invalid-value", $"Expected a string such as {shorthand.Form}, or an object.");
    }

    private void FailUnknown(string pointer, string? name, IReadOnlyDictionary<string, Member> members)
    {
        var shown = name is { Length: <= MaxName } && PlainText.FindFault(name) is null ? name : "…";
        _errors.Add(InputError.At($"{pointer}/{Escape(shown)}", "unknown-member", $"There is no member \"{shown}\" here.") with
        {
            Suggestion = name is null ? null : Suggestion.For(name, members.Keys),
        });
    }

    private object? WrongType(string pointer, string expected) => Fail(pointer, "wrong-type", $"Expected {expected}.");

    private object? Fail(string pointer, string code, string detail)
    {
        _errors.Add(InputError.At(pointer, code, detail));
        return null;
    }

    // RFC 6901 §3.
    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static Type? ElementTypeOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static Dictionary<string, Member> ReadMembers(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite)
            .Select(property => new Member(property))
            .ToDictionary(member => member.Name, StringComparer.Ordinal);

    private sealed class Member(PropertyInfo property)
    {
        public PropertyInfo Property { get; } = property;

        public string Name { get; } = JsonNamingPolicy.CamelCase.ConvertName(property.Name);

        public Type Type { get; } = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

        public bool IsRequired { get; } = property.IsDefined(typeof(RequiredMemberAttribute));

        public bool IsServerOwned { get; } = property.IsDefined(typeof(ServerOwnedAttribute));

        public bool IsApart { get; } = property.IsDefined(typeof(ReadApartAttribute));

        // Its marks count code units of the text as sent, so both are normalised together, later.
        public bool IsAsSent { get; } =
            (property.Name == nameof(IMarkedText.Text) && typeof(IMarkedText).IsAssignableFrom(property.DeclaringType)) || property.IsDefined(typeof(AsSentAttribute));
    }

    private sealed class Shorthand(Func<string, object?> fromText, string form)
    {
        private static readonly ConcurrentDictionary<Type, Shorthand?> Known = new();

        public Func<string, object?> FromText { get; } = fromText;

        public string Form { get; } = form;

        public static Shorthand? Of(Type type) => Known.GetOrAdd(type, static type =>
            type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IShorthand<>))
                ? (Shorthand)typeof(Shorthand).GetMethod(nameof(Make), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!
                : null);

        private static Shorthand Make<T>()
            where T : class, IShorthand<T> => new(T.FromText, T.Form);
    }
}
